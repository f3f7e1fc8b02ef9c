// Runs every server audit of graphql-http against the URL given: one line per audit, exit 1 unless all are ok.
//   node audits.mjs http://127.0.0.1:8080/graphql
import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';

const EXPECTED = 61;
const url = process.argv[2];
if (url === '--introspection') {
  // What GraphiQL and code generators ask, with every option.
  const every = {
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  };
  console.log(getIntrospectionQuery(every));
} else if (url) {
  let ok = 0;
  const audits = serverAudits({ url });
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status === 'ok') ok += 1;
    const reason = result.status === 'ok' ? '' : ` (${result.reason})`;
    console.log(`${result.status} ${audit.id} ${audit.name}${reason}`);
  }
  console.log(`${ok} of ${audits.length} audits are ok`);
  process.exitCode = ok === audits.length && audits.length === EXPECTED ? 0 : 1;
} else {
  console.error('usage: node audits.mjs URL');
  process.exitCode = 2;
}
