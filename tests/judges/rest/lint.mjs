// The linter of the Dutch API Design Rules (Spectral with the rules of the standard) on the REST side, and that what it describes is so.
//
// The rules are under a licence of their own and no part of this project: they are read where they lie.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { address, assert, judge } from '../report.mjs';

const at = address();
const rules = fileURLToPath(new URL('../../../../shared/judges/adr-linter.yaml', import.meta.url));

function lint(path, ruleset) {
  const spectral = fileURLToPath(new URL('node_modules/.bin/spectral', import.meta.url));
  const told = execFileSync('sh', ['-c', '"$1" lint --quiet -f json -r "$2" "$3" || true', 'sh', spectral, ruleset, at + path], { encoding: 'utf8' });
  return JSON.parse(told.slice(told.indexOf('['), told.lastIndexOf(']') + 1));
}

const severe = (found) => found.filter(({ severity }) => severity === 0).map(({ code, message, path }) => `${code} ${message} ${path.join('.')}`);

if (existsSync(rules)) {
  for (const lang of ['nl', 'en']) {
    await judge(`/openapi.json (${lang}) holds the API Design Rules`, () => {
      const found = lint(`/openapi.json?lang=${lang}`, rules);
      assert.deepEqual(severe(found), []);
      // A service on this machine is reached by http.
      const warned = new Set(found.map(({ code }) => code));
      warned.delete('nlgov:servers-use-https');
      assert.deepEqual([...warned], []);
    });
  }
} else {
  console.log('note: ../shared/judges/adr-linter.yaml is not there: the API Design Rules are not judged');
}

await judge('/ogc/api is a valid OpenAPI document', () => {
  const ruleset = fileURLToPath(new URL('openapi.yaml', import.meta.url));
  assert.deepEqual(severe(lint('/ogc/api', ruleset)), []);
});

await judge('every address of /openapi.json answers with its media type, and refuses what it does not take', async () => {
  const api = await (await fetch(`${at}/openapi.json`)).json();
  const base = api.servers[0].url;
  assert.equal(base, `${at}/v1`);
  const fit = { zoom: 8, column: 132, row: 83 };
  const needed = { '/files/template.xlsx': 'municipality=GM0148', '/tiles/coverage': 'distance=2000' };
  for (const [path, { get }] of Object.entries(api.paths)) {
    const query = Object.entries(needed).find(([begin]) => path.startsWith(begin))?.[1] ?? '';
    const url = base + path.replace(/{(\w+)}/g, (_, name) => fit[name]);
    const answer = await fetch(`${url}?${query}`);
    assert.equal(answer.status, 200, path);
    const [described] = Object.keys(get.responses['200'].content);
    assert.equal(answer.headers.get('content-type').split(';')[0], described, path);
    assert.equal(answer.headers.get('api-version'), api.info.version, path);
    if (path.startsWith('/health/')) continue;
    const refused = await fetch(`${url}?gemeente=Zwolle`);
    assert.equal(refused.status, 400, path);
    const problem = await refused.json();
    assert.equal(refused.headers.get('content-type'), 'application/problem+json');
    assert(problem.status === 400 && problem.title && problem.detail.includes('gemeente'), path);
    for (const { $ref, name } of get.parameters) {
      const given = $ref ? $ref.split('/').at(-1) : name;
      assert(given in fit || problem.detail.includes(given), `${path} says that it takes ${given}: ${problem.detail}`);
    }
  }
});
