// Apollo Client and urql ask by digest as they come: one is told once that a query is not known, the next is answered by its digest alone.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { address, assert, judge } from '../report.mjs';

const url = `${address()}/graphql`;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A fetch that notes what was sent: the method, and whether the whole query went along. */
function noting(sent) {
  return (input, init = {}) => {
    const method = init.method ?? 'GET';
    const isWhole = method === 'GET' ? new URL(input).searchParams.has('query') : 'query' in JSON.parse(init.body);
    sent.push(`${method} ${isWhole ? 'query' : 'digest'}`);
    return fetch(input, init);
  };
}

/** Each asks a query of its own, so that nobody has asked it before. */
const named = (name) => `query ${name}($code: String!) {
  municipality(by: { code: $code }) {
    id
    name
  }
}`;
const variables = { code: 'GM0148' };

async function apollo(query, useGETForHashedQueries, sent) {
  const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries });
  const link = ApolloLink.from([persisted, new HttpLink({ uri: url, fetch: noting(sent) })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  return (await client.query({ query: gql(query), variables })).data.municipality.name;
}

async function urql(query, isByGet, sent) {
  const persisted = persistedExchange({ preferGetForPersistedQueries: isByGet, generateHash: async (text) => sha256(text) });
  const client = new Client({ url, exchanges: [persisted, fetchExchange], fetch: noting(sent), preferGetMethod: false });
  const { data, error } = await client.query(query, variables).toPromise();
  if (error) throw error;
  return data.municipality.name;
}

// Another digest each time, also where the same service is judged twice.
const run = Date.now().toString(36);
for (const [name, ask] of [['Apollo Client', apollo], ['urql', urql]]) {
  for (const isByGet of [true, false]) {
    const method = isByGet ? 'GET' : 'POST';
    await judge(`${name} by ${method}: the digest, the query, and from then on the digest`, async () => {
      const query = named(`${name.split(' ')[0]}${method}${run}`);
      const first = [];
      assert.equal(await ask(query, isByGet, first), 'Dalfsen');
      // urql sends the query by GET too, where that is preferred and short enough.
      assert.deepEqual([first.length, first[0], first[1].split(' ')[1]], [2, `${method} digest`, 'query']);
      const second = [];
      assert.equal(await ask(query, isByGet, second), 'Dalfsen');
      assert.deepEqual(second, [`${method} digest`]);
    });
  }
}
