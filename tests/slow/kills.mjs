// SIGKILL over every command that writes: node kills.mjs PROGRAM [--rounds 500]
// Each round runs a command on a copy of a database and kills it: at any moment, or within 60 ms of its first write to SQLite's log, so in or
// after the commit. What is left has to be what there was or what there was to be, and the same command again has to end well. Two of three
// rounds are on SQLite, the rest on PostgreSQL. Exits 1 when something does not hold.
import { execFile, spawn } from 'node:child_process';
import { copyFile, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Cluster, Verdict, folder, noaber, programs, remove, sleep } from './postgres.mjs';

const [program, ...options] = process.argv.slice(2);
const ROUNDS = Number(options.includes('--rounds') ? options[options.indexOf('--rounds') + 1] : 500);
const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'tests/fixtures');
const verdict = new Verdict('kills');
const home = await folder();
const at = (name) => join(home, name);
const sqlite = (file) => `sqlite://${file}?mode=rwc`;
const id = (text) => text.match(/20\d\d-\d\d-\d\d-[0-9a-f]{12}/g).at(-1);

let state = 7;
function random(below) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((state / 0x7fffffff) * below);
}

/** What there is to be told of a database, without ids and times that differ from one run to the next. */
async function told(database) {
  const { code, stdout, stderr } = await noaber(program, database, 'editions', '--all');
  if (code !== 0) return `none: ${stderr.trim()}`;
  const lines = stdout.trimEnd().split('\n').slice(1);
  return lines.map((line) => line.replace(/20\d\d-\d\d-\d\d(-[0-9a-f]{12}| \d\d:\d\d)?/g, '').replace(/\s+/g, ' ').trim()).join('\n');
}

const COMMANDS = [
  { name: 'migrate', from: 'nothing', run: () => ['migrate'] },
  { name: 'first serve', from: 'nothing', run: () => ['serve', '--listen', '127.0.0.1:0'] },
  { name: 'migrate older tables', from: 'older', run: () => ['migrate'] },
  { name: 'serve on older tables', from: 'older', run: () => ['serve', '--listen', '127.0.0.1:0'] },
  { name: 'ingest places', run: () => ['ingest', 'places', at('nieuw.csv')] },
  { name: 'ingest activities', run: () => ['ingest', 'activities', join(fixtures, 'activities_synthetic.csv')] },
  { name: 'ingest osm', run: () => ['ingest', 'osm', join(fixtures, 'places.osm.pbf')] },
  { name: 'geocode', run: () => ['geocode', '--provider', 'offline'] },
  { name: 'revert', run: () => ['revert', revertible] },
  { name: 'withdraw', run: () => ['withdraw', 'de-wiekelaar-oudleusen', '--reason', 'Op verzoek'] },
  { name: 'publish', from: 'changed', run: () => ['publish', '--reason', 'Met de hand'] },
  { name: 'editions keep', run: () => ['editions', 'keep', revertible, '--reason', 'Jaarverslag'] },
  { name: 'editions prune', from: 'old', run: () => ['editions', 'prune', '--keep-editions', '30d'] },
];
let revertible;

/** Databases to begin with, by name: how one is made at an address. */
const kinds = ['sqlite'];
let cluster;
const made = {};

async function prepare(database) {
  await noaber(program, database, 'migrate');
  const serve = spawnOn(database, ['serve', '--listen', '127.0.0.1:0']);
  await served(serve);
  serve.kill('SIGTERM');
  await new Promise((resolve) => serve.on('exit', resolve));
  await writeFile(at('eerst.csv'), 'sleutel;opgericht\nde-wiekelaar-oudleusen;1987\ncarrousel-ommen;1950\n');
  const said = await noaber(program, database, 'ingest', 'places', at('eerst.csv'));
  if (said.code !== 0) throw new Error(said.stderr + said.stdout);
  revertible = id(said.stdout);
}

function spawnOn(database, given) {
  const variables = Object.entries(process.env).filter(([name]) => !name.startsWith('NOABER_'));
  return spawn(program, given, { cwd: home, env: { ...Object.fromEntries(variables), NOABER_DATABASE: database }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Resolves when it ended, or tells that it serves; what it said. */
const served = (child) =>
  new Promise((resolve) => {
    let text = '';
    child.stderr.on('data', (some) => (text += some));
    child.stdout.on('data', (some) => {
      text += some;
      if (text.includes('Ctrl-C')) resolve(text);
    });
    child.on('exit', () => resolve(text));
  });

/** A database to begin a round with. */
async function begin(kind, from, number) {
  const name = `r${number}`;
  if (kind === 'sqlite') {
    const file = at(`${name}.db`);
    if (from !== 'nothing') await copyFile(at(`${from}.db`), file);
    return { database: sqlite(file), file, end: () => Promise.all(['', '-wal', '-shm'].map((suffix) => rm(file + suffix, { force: true }))) };
  }
  await cluster.query(`CREATE DATABASE ${name} ${from === 'nothing' ? "ENCODING 'UTF8' TEMPLATE template0" : `TEMPLATE ${from}`}`, 'postgres');
  return {
    database: `postgres://noaber@127.0.0.1:${cluster.port}/${name}`,
    end: () => cluster.query(`DROP DATABASE ${name} WITH (FORCE)`, 'postgres'),
  };
}

const size = async (file) => (await stat(file).catch(() => ({ size: 0 }))).size;

/** Runs a command until it is killed; whether it was, and how long it took. */
async function kill(command, { database, file }, isAimed, longest) {
  const began = Date.now();
  const child = spawnOn(database, command.run());
  let isOver = false;
  const over = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  const ready = served(child).then(() => (isOver = true));
  if (isAimed) {
    const before = await size(`${file}-wal`);
    while (!isOver && (await size(`${file}-wal`)) <= before) await sleep(1);
    await sleep(random(60));
  } else {
    await Promise.race([sleep(random(longest)), ready]);
  }
  child.kill('SIGKILL');
  const { signal } = await over;
  return { isKilled: signal === 'SIGKILL', took: Date.now() - began };
}

try {
  const older = (await readdir(join(fixtures, 'releases'))).filter((name) => existsSync(join(fixtures, 'releases', name, 'noaber.db.gz'))).sort().at(-1);
  await writeFile(at('nieuw.csv'), `naam;gemeente;plaats\n${Array.from({ length: 300 }, (_, n) => `Buurthuis Q${n}x${n * 7919}z;Dalfsen;Dalfsen\n`).join('')}`);
  await writeFile(at('older.db'), gunzipSync(await readFile(join(fixtures, 'releases', older, 'noaber.db.gz'))));
  await prepare(sqlite(at('filled.db')));
  for (const name of ['changed', 'old']) await copyFile(at('filled.db'), at(`${name}.db`));
  const change = "UPDATE place SET name = 'Met de hand' WHERE key = 'carrousel-ommen'";
  // Editions of more than a year ago, in the middle of a month, so that some of them go.
  const old = async (database) => {
    for (let year = 1950; year < 1956; year += 1) {
      await writeFile(at('jaar.csv'), `sleutel;opgericht\nde-wiekelaar-oudleusen;${year}\n`);
      await noaber(program, database, 'ingest', 'places', at('jaar.csv'));
    }
  };
  const backdate = "UPDATE edition SET published_at = '2025-06-15T12:00:00+00:00' WHERE number < 7";
  await old(sqlite(at('old.db')));
  for (const [name, sql] of [['changed', change], ['old', backdate]]) {
    // Past every program of ours.
    await promisify(execFile)('python3', ['-c', 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(sys.argv[2]); db.commit(); db.close()', at(`${name}.db`), sql]);
  }
  if (programs()) {
    kinds.push('postgres');
    cluster = await Cluster.primary(home, ['max_connections=100']);
    const server = `postgres://noaber@127.0.0.1:${cluster.port}`;
    for (const name of ['older', 'filled']) await cluster.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`, 'postgres');
    await writeFile(at('older.sql'), gunzipSync(await readFile(join(fixtures, 'releases', older, 'noaber.sql.gz'))));
    await cluster.file(at('older.sql'), 'older');
    await prepare(`${server}/filled`);
    for (const [name, sql] of [['changed', change], ['old', backdate]]) {
      await cluster.query(`CREATE DATABASE ${name} TEMPLATE filled`, 'postgres');
      if (name === 'old') await old(`${server}/old`);
      await cluster.query(sql, name);
    }
  } else {
    console.log('note: PostgreSQL is not installed: SQLite only');
  }

  // What each leads to when nobody kills it, and how long that takes.
  let number = 0;
  for (const kind of kinds) {
    made[kind] = {};
    for (const command of COMMANDS) {
      const from = command.from ?? 'filled';
      const round = await begin(kind, from, number++);
      const before = from === 'nothing' ? 'none' : await told(round.database);
      const began = Date.now();
      const child = spawnOn(round.database, command.run());
      const said = await served(child);
      const took = Date.now() - began;
      child.kill('SIGKILL');
      await new Promise((resolve) => (child.exitCode ?? child.signalCode) === null ? child.on('exit', resolve) : resolve());
      made[kind][command.name] = { before, after: await told(round.database), took, said };
      await round.end();
    }
  }

  const counts = {};
  const faults = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const kind = kinds.length > 1 && round % 3 === 2 ? 'postgres' : 'sqlite';
    const command = COMMANDS[Math.floor(round / 3) % COMMANDS.length];
    const from = command.from ?? 'filled';
    const { before, after, took, said } = made[kind][command.name];
    const one = await begin(kind, from, number++);
    const isAimed = kind === 'sqlite' && round % 3 === 1;
    const { isKilled } = await kill(command, one, isAimed, took * 1.1);
    const of = (counts[`${command.name}, ${kind}`] ??= { old: 0, new: 0, ended: 0 });
    if (!isKilled) of.ended += 1;
    const left = await told(one.database);
    const isOld = left === before || left.startsWith('none') || (from === 'nothing' && left === '');
    if (isOld) of.old += 1;
    else if (left === after) of.new += 1;
    else faults.push(`${command.name} (${kind}): between:\n${left}\n--- before:\n${before}\n--- after:\n${after}`);
    // The same again has to end well, or say that it is done; and nothing may be wrong then.
    const again = spawnOn(one.database, command.run());
    const answer = await served(again);
    if (again.exitCode === null) again.kill('SIGTERM');
    if (again.exitCode === null && again.signalCode === null) await new Promise((resolve) => again.on('exit', resolve));
    const checked = await noaber(program, one.database, 'check');
    if (checked.code !== 0) faults.push(`${command.name} (${kind}): check after it was repeated: ${checked.stderr}\n${answer}\n(first: ${said.slice(0, 200)})`);
    await one.end();
  }
  for (const [name, { old: was, new: is, ended }] of Object.entries(counts)) console.log(`      ${name}: ${was} old, ${is} new, of which ${ended} had ended`);
  verdict.judge('what is left is old or new, and can be gone on with', faults.length === 0, `${ROUNDS} rounds, ${faults.length} faults${faults.slice(0, 5).map((fault) => `\n${fault}`).join('')}`);
} catch (cause) {
  verdict.judge('it runs', false, cause.stack);
} finally {
  await cluster?.stop();
  await remove(home);
}
process.exit(verdict.code);
