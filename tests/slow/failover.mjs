// Three servers, a primary and a replica that streams from it: node failover.mjs PROGRAM [--editions 100]
// Editions are published while clients read; then the primary is killed, the replica promoted, and another edition published. No read may
// fail, no answer may be of two editions, and what was acknowledged has to be there. Replication is synchronous. Exits 1 when something
// does not hold.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster, Verdict, folder, noaber, programs, remove, serve, sleep } from './postgres.mjs';

const [program, ...options] = process.argv.slice(2);
const EDITIONS = Number(options.includes('--editions') ? options[options.indexOf('--editions') + 1] : 100);
const CLIENTS = 6;
if (!programs()) {
  console.log('note: PostgreSQL is not installed: left out');
  process.exit(0);
}

const PLACES = ['de-wiekelaar-oudleusen', 'carrousel-ommen'];
const asked = PLACES.map((slug, at) => `p${at}: place(by: { slug: "${slug}" }) { foundedYear sources { title fields } }`);
const query = `/graphql?query=${encodeURIComponent(`{ dataset { edition } ${asked.join(' ')} }`)}`;
const paths = [query, query, query, '/places.csv', '/places.geojson', `/place/${PLACES[0]}`, '/', '/gaps', '/map.svg?municipality=GM0148', query];

const verdict = new Verdict('failover');
const home = await folder();
const servers = [];
const counts = { asked: 0, failed: 0, mixed: 0, withDatabaseAway: 0 };
const failures = [];
const yearOf = new Map();
let isOver = false;
let isAway = false;
/** The edition in which they have different years. */
let seed;

/** Both places are told the same year in each edition, and each edition has one year. */
function isMixed(answer) {
  const { dataset, p0, p1 } = answer.data;
  if (!yearOf.has(dataset.edition)) yearOf.set(dataset.edition, p0.foundedYear);
  return (dataset.edition !== seed && p0.foundedYear !== p1.foundedYear) || yearOf.get(dataset.edition) !== p0.foundedYear;
}

async function client(number) {
  for (let round = number; !isOver; round += 1) {
    const server = servers[round % 3];
    const path = paths[(round * 7) % paths.length];
    counts.asked += 1;
    if (isAway) counts.withDatabaseAway += 1;
    try {
      const answer = await fetch(server.origin + path, { signal: AbortSignal.timeout(30_000) });
      const text = await answer.text();
      if (answer.status !== 200 || (path === query && text.includes('"errors"'))) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
      if (path === query && isMixed(JSON.parse(text))) {
        counts.mixed += 1;
        failures.push(`mixed: ${text.slice(0, 300)}`);
      }
    } catch (cause) {
      counts.failed += 1;
      failures.push(`${path.slice(0, 60)}: ${cause.cause ?? cause}`);
    }
  }
}

const list = join(home, 'lijst.csv');
async function publish(database, year) {
  await writeFile(list, `sleutel;opgericht\n${PLACES.map((place) => `${place};${year}\n`).join('')}`);
  const said = await noaber(program, database, 'ingest', 'places', list);
  if (said.code !== 0) return { cause: said.stderr.trim() || said.stdout.trim() };
  return { id: said.stdout.match(/20\d\d-\d\d-\d\d-[0-9a-f]{12}/g).at(-1) };
}

const edition = async (server) => JSON.parse(await (await fetch(`${server.origin}/health/ready`)).text()).edition;
async function until(id, all, seconds) {
  const began = Date.now();
  while (Date.now() - began < seconds * 1000) {
    const served = await Promise.all(all.map(edition));
    if (served.every((one) => one === id)) return (Date.now() - began) / 1000;
    await sleep(20);
  }
  return undefined;
}

let one;
let two;
try {
  one = await Cluster.primary(home, ['max_connections=100']);
  await one.query('CREATE DATABASE noaber', 'postgres');
  two = await one.replica(home, ['max_connections=100', 'hot_standby=on']);
  // A commit is acknowledged once the replica has it on its disk.
  await one.query("ALTER SYSTEM SET synchronous_standby_names = 'two'", 'postgres');
  await one.query('SELECT pg_reload_conf()', 'postgres');
  const url = `postgres://noaber@127.0.0.1:${one.port},127.0.0.1:${two.port}/noaber?target_session_attrs=read-write`;
  servers.push(...(await Promise.all([1, 2, 3].map(() => serve(program, url)))));
  while ((await two.query('SELECT count(*) FROM edition').catch(() => '0')) !== '1') await sleep(100);
  const standby = await serve(program, `postgres://noaber@127.0.0.1:${two.port}/noaber`, ['--read-only']);
  const all = [...servers, standby];

  seed = await edition(servers[0]);
  const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
  const waits = [];
  let acknowledged;
  let took = 0;
  for (let number = 1; number <= EDITIONS; number += 1) {
    const began = Date.now();
    const { id, cause } = await publish(url, 1800 + number);
    took = Date.now() - began;
    if (!id) throw new Error(`edition ${number} was not published: ${cause}`);
    acknowledged = id;
    const waited = await until(id, servers, 30);
    if (waited === undefined) throw new Error(`edition ${number} is not served`);
    waits.push(waited);
  }
  waits.sort((a, b) => a - b);
  const last = await until(acknowledged, all, 30);
  verdict.judge('every edition is served by all', last !== undefined, `${EDITIONS} editions, after the import ${waits[Math.floor(waits.length / 2)].toFixed(2)} s (median), ${waits.at(-1).toFixed(2)} s at most; a server on the standby too`);

  // Killed near the end of one more import, which may come or not; what was acknowledged may not go.
  const half = publish(url, 1700);
  await sleep(took * 0.9);
  await one.kill();
  isAway = true;
  const undone = await half;
  await sleep(5000);
  const health = await Promise.all(servers.map(async (server) => JSON.parse(await (await fetch(`${server.origin}/health/ready`)).text()).database));
  verdict.judge('health tells that the database is away', health.every((told) => told === 'does not answer'), health.join(', '));
  await two.promote();
  const listed = await noaber(program, url, 'editions');
  const kept = undone.id ?? acknowledged;
  verdict.judge('what was acknowledged is there', listed.stdout.includes(kept), `${kept}${undone.id ? '' : `; the import that was cut off was refused: ${undone.cause}`}`);
  const after = await publish(url, 1950);
  isAway = false;
  const waited = after.id && (await until(after.id, all, 60));
  verdict.judge('all serve what was published after the promotion', waited !== undefined && after.id, after.id ? `${after.id} after ${waited?.toFixed(2)} s` : after.cause);
  const checked = await noaber(program, url, 'check');
  verdict.judge('the database is whole', checked.code === 0, (checked.stdout + checked.stderr).trim().split('\n').at(-1));
  isOver = true;
  await Promise.all(clients);
  verdict.judge('no read failed', counts.failed === 0, `${counts.asked} asked, ${counts.withDatabaseAway} of these without a database, ${counts.failed} failed`);
  verdict.judge('no answer is of two editions', counts.mixed === 0, `${yearOf.size} editions seen, ${counts.mixed} mixed${failures.slice(0, 5).map((line) => `\n      ${line}`).join('')}`);
  servers.push(standby);
} catch (cause) {
  verdict.judge('it runs', false, cause.stack);
} finally {
  isOver = true;
  for (const server of servers) server.child.kill('SIGKILL');
  await one?.stop();
  await two?.stop();
  await remove(home);
}
process.exit(verdict.code);
