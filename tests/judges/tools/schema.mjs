// What others make of our schema and of the documented queries, without a service.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { buildSchema } from 'graphql';
import { assert, judge } from '../report.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '../../..');
const served = join(project, 'schema/schema.graphql');
const queries = join(project, 'examples/queries');
const bin = (name) => join(here, 'node_modules/.bin', name);
const work = await mkdtemp(join(tmpdir(), 'noaber-tools-'));

/** What a program says where it ends badly. */
const said = (error) => { throw new Error(`${error.stdout ?? ''}${error.stderr ?? ''}` || error.message); };

await judge('graphql-eslint: the rules for schemas, for Relay and for operations', async () => {
  const { configs, parser } = plugin;
  const read = { parser, parserOptions: { graphQLConfig: { schema: served, documents: `${queries}/*.graphql` } } };
  const of = (files, ...sets) => ({
    files,
    plugins: { '@graphql-eslint': plugin },
    languageOptions: read,
    rules: Object.assign({}, ...sets.map((set) => configs[set].rules), {
      // A value, such as an address or a share, has no id: it is part of what has one.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Short lists, such as the facilities of a place, are lists; what can be long is a connection.
      '@graphql-eslint/relay-edge-types': ['error', { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
      // A documented query asks what it shows.
      '@graphql-eslint/require-selections': 'off',
    }),
  });
  const overrideConfig = [
    of(['**/schema.graphql'], 'flat/schema-recommended', 'flat/schema-relay'),
    of(['**/queries/*.graphql'], 'flat/operations-recommended'),
  ];
  const eslint = new ESLint({ cwd: project, overrideConfigFile: true, overrideConfig });
  const results = await eslint.lintFiles([served, `${queries}/*.graphql`]);
  assert.ok(results.length > 20, `${results.length} files`);
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${filePath.slice(project.length + 1)}:${line} ${ruleId}: ${message}`));
  assert.deepEqual(found, []);
});

await judge('GraphQL Code Generator: types of all documented queries, for a strict tsc', async () => {
  const scalars = { Date: 'string', DateTime: 'string', LocalTime: 'string', PartialDate: 'string', URL: 'string', GeoJSON: 'unknown' };
  await generate({
    cwd: here,
    silent: true,
    schema: served,
    documents: `${queries}/*.graphql`,
    generates: { [`${work}/types/`]: { preset: 'client', config: { strictScalars: true, scalars } } },
  }, true);
  // Resolved from here, where the packages are.
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
  const paths = { '*': [join(here, 'node_modules/*')] };
  await writeFile(`${work}/tsconfig.json`, JSON.stringify({ compilerOptions: { paths, types: [] }, include: ['types'] }));
  await run(bin('tsc'), ['--project', work, ...options]).catch(said);
});

await judge("Relay's compiler: all documented queries", async () => {
  await mkdir(`${work}/src`);
  const files = await readdir(queries);
  for (const file of files) {
    const text = (await readFile(join(queries, file), 'utf8')).replace(/^#.*\n/gm, '');
    const [, name] = /query (\w+)/.exec(text);
    // Relay wants its names, and takes no default of a variable that may not be null: its callers give it.
    const value = String.raw`(\[[^\]]*\]|\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*"|[\w.]+)`;
    const own = text.replace(/query \w+/, `query ${name}Query`).replace(new RegExp(String.raw`(\$\w+: [\[\]\w!]*!) = ${value}`, 'g'), '$1');
    await writeFile(`${work}/src/${name}.ts`, `import { graphql } from 'relay-runtime';\nexport default graphql\`${own}\`;\n`);
  }
  await writeFile(`${work}/schema.graphql`, await readFile(served));
  const config = { src: './src', schema: './schema.graphql', language: 'typescript', eagerEsModules: true };
  await writeFile(`${work}/relay.config.json`, JSON.stringify(config));
  await run(bin('relay-compiler'), ['relay.config.json'], { cwd: work }).catch(said);
  const made = await readdir(`${work}/src/__generated__`);
  assert.ok(made.length >= files.length, `${made.length} for ${files.length} queries`);
});

await judge('graphql-inspector: nothing that breaks since the last release, but what is told', async () => {
  const releases = join(project, 'tests/fixtures/releases');
  const kept = (await readdir(releases, { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== 'input');
  const last = kept.map((entry) => entry.name).sort().at(-1);
  const read = async (path) => buildSchema(await readFile(path, 'utf8'));
  const changes = await diff(await read(join(releases, last, 'schema.graphql')), await read(served));
  const of = (level) => changes.filter(({ criticality }) => criticality.level === level);
  const counted = Object.values(CriticalityLevel).map((level) => `${level} ${of(level).length}`);
  console.log(`note: changes of the schema since ${last}: ${counted.join(', ')}`);
  // A line a change, as `Type.field` and why; emptied at each release. CHANGELOG.md tells who notices.
  const text = await readFile(join(project, 'schema/breaking.txt'), 'utf8');
  const told = text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' ')[0]);
  const breaking = of(CriticalityLevel.Breaking).map(({ path }) => path);
  assert.deepEqual([...new Set(breaking)].sort(), told.sort());
});

await judge('each @deprecated says until when, and what to use', async () => {
  const text = await readFile(served, 'utf8');
  const all = text.match(/@deprecated.*/g) ?? [];
  for (const one of all) assert.match(one, /@deprecated\(reason: ".* until \d{4}-\d{2}-\d{2}; use .*"\)/);
  console.log(`note: ${all.length} deprecated fields`);
});

await rm(work, { recursive: true });
