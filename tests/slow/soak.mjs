// A long mix of good and bad requests at full load, with editions published meanwhile: node soak.mjs PROGRAM [--minutes 20] [--memory 512MiB]
// Good requests have to be answered, memory has to stay below the setting and flat. Prints a line a minute; exits 1 when something does not hold.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const [program, ...options] = process.argv.slice(2);
const option = (name, otherwise) => (options.includes(name) ? options[options.indexOf(name) + 1] : otherwise);
const minutes = Number(option('--minutes', 20));
const memory = option('--memory', '512MiB');
const most = Number.parseInt(memory, 10) * (memory.endsWith('GiB') ? 1024 : 1);
const CLIENTS = 8;
const SILENT = 100;

const work = await mkdtemp(join(tmpdir(), 'noaber-soak-'));
const database = `sqlite://${join(work, 'soak.db')}?mode=rwc`;
const run = promisify(execFile);

/** Random, and the same each time. */
let state = 1;
function random(below) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state % below;
}
const pick = (all) => all[random(all.length)];

const towns = ['GM0148', 'GM0150', 'GM0153', 'GM0160', 'GM0164', 'GM0175', 'GM0177', 'GM0193', 'GM1700', 'GM1735'];
const graphql = (query) => `/graphql?query=${encodeURIComponent(query)}`;
const good = [
  () => graphql(`{places(first:${1 + random(100)},filter:{within:{municipalities:["${pick(towns)}"]}}){totalCount nodes{name facilities address{line}}}}`),
  () => graphql(`{places(filter:{within:{bbox:{west:${6 + random(50) / 100},south:52.2,east:6.9,north:${52.4 + random(30) / 100}}}},first:100){nodes{id location{lon lat}}}}`),
  () => graphql(`{nearestPlaces(to:{wgs84:{lon:${6 + random(90) / 100},lat:52.4}},first:10){totalCount edges{distance node{name}}}}`),
  () => graphql(`{search(text:"${pick(['kulturhus', 'biblioteek', 'de sch', 'deventer', '7411', 'bridge', 'trefkoele'])}"){__typename}}`),
  () => graphql(`{places(filter:{text:"${pick(['dorpshuis', 'wijk', 'mfa'])}"}){totalCount facets{kinds{value count}}}}`),
  () => graphql(`{coverage(maxDistance:${500 + random(9000)}){placesConsidered atLeast{populationCovered} atMost{populationCovered}}}`),
  () => graphql(`{place(by:{slug:"de-wiekelaar-oudleusen"}){name sources{title licence fields}}}`),
  () => pick(['/', '/en', '/gaps', '/municipality/zwolle', '/place/de-wiekelaar-oudleusen', '/examples', '/privacy']),
  () => `/?municipality=${pick(towns)}&text=${pick(['huis', 'wijk', 'dorp'])}`,
  () => pick(['/places.csv', '/places.geojson', '/activities.ics', '/activities.csv', '/gaps.csv']),
  () => `/map.svg?municipality=${pick(towns)}&coverage=${1000 + random(5000)}`,
  () => `/map.png?municipality=${pick(towns)}&scale=${72 + random(80)}`,
  () => `/embed?municipality=${pick(towns)}`,
];
const bad = [
  () => graphql('{places(first:100000){nodes{name}}}'),
  () => graphql('{nothing}'),
  () => graphql(`{${Array.from({ length: 200 }, (_, i) => `a${i}:places(first:100){nodes{name}}`).join(' ')}}`),
  () => graphql(`{${Array.from({ length: 1 + random(3) }, (_, i) => `a${i}:coverage(maxDistance:${1000 + random(90000)}){coveredGeometry uncoveredGeometry}`).join(' ')}}`),
  () => `/places.csv?near=${random(100)}`,
  () => `/map.png?scale=300&width=${300 + random(50)}`,
  () => '/%00',
  () => `/graphql?query=${'{'.repeat(2000)}`,
  () => '/place/nergens',
  () => `/places.geojson?edition=2026-01-01-${random(1e9).toString(16).padStart(12, '0')}`,
];

const counts = { good: 0, failed: 0, busy: 0, bad: 0, broken: 0 };
const failures = [];
let isOver = false;
let origin;

async function client() {
  while (!isOver) {
    const isGood = random(10) < 7;
    const path = pick(isGood ? good : bad)();
    const gone = new AbortController();
    // Some do not wait for what they asked.
    const timer = setTimeout(() => gone.abort(), !isGood && random(3) === 0 ? random(200) : 60_000);
    try {
      const answer = await fetch(origin + path, { signal: gone.signal });
      const text = await answer.text();
      const isBusy = answer.status === 503 && answer.headers.has('retry-after');
      if (isGood) {
        counts.good += 1;
        if (isBusy) counts.busy += 1;
        const isRefused = path.startsWith('/graphql') && text.includes('"errors"');
        if ((answer.status !== 200 && !isBusy) || isRefused) {
          counts.failed += 1;
          if (failures.length < 10) failures.push(`${answer.status} ${decodeURIComponent(path).slice(0, 160)} ${text.slice(0, 200)}`);
        }
        if (isBusy) await new Promise((resolve) => setTimeout(resolve, 1000));
      } else {
        counts.bad += 1;
        if (answer.status >= 500 && !isBusy) {
          counts.broken += 1;
          if (failures.length < 10) failures.push(`${answer.status} ${decodeURIComponent(path).slice(0, 160)}`);
        }
      }
    } catch (error) {
      if (!gone.signal.aborted) {
        counts.failed += isGood ? 1 : 0;
        if (isGood && failures.length < 10) failures.push(`${path}: ${error.cause ?? error}`);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Asks for much and reads nothing, or sends half a request. */
function silent() {
  if (isOver) return;
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(pick(['GET /places.geojson HTTP/1.1\r\nHost: x\r\n\r\n', 'GET / HT', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{']));
  socket.on('close', () => setTimeout(silent, random(1000)));
  setTimeout(() => socket.destroy(), 5_000 + random(60_000));
}

/** Publishes an edition: one place more each time. */
async function publish(number) {
  const file = join(work, 'lijst.csv');
  // A name that is like no other, or it would wait for somebody to decide.
  const name = Array.from({ length: 4 }, () => pick(['ka', 'bo', 'li', 'mu', 'ter', 'vos', 'wen', 'zij'])).join('');
  await writeFile(file, `naam;gemeente;plaats\n${name[0].toUpperCase()}${name.slice(1)} ${number} (verzonnen);Dalfsen;Dalfsen\n`);
  // One that is like another all the same is left out, which is no fault.
  await run(program, ['ingest', 'places', file, '--database', database]).catch(() => undefined);
}

const resident = async (pid) => (Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * 4096) / (1 << 20);

const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--database', database], {
  // The allocator gives back at once what it has no use for, as the unit in docs/operate.md has it.
  env: { ...process.env, NOABER_MEMORY: memory, NOABER_RATE_LIMIT: 'off', MIMALLOC_PURGE_DELAY: '0' },
  stdio: ['ignore', 'pipe', 'ignore'],
});
let holds = true;
try {
  origin = await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).match(/^http:\/\/[0-9.:]+/m) && resolve(String(text).match(/http:\/\/[0-9.:]+/)[0]));
    server.on('exit', () => reject(new Error('the server ended')));
  });
  const clients = Array.from({ length: CLIENTS }, client);
  for (let number = 0; number < SILENT; number += 1) silent();
  const samples = [];
  const until = Date.now() + minutes * 60_000;
  let editions = 0;
  for (let tick = 1; Date.now() < until; tick += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    samples.push(await resident(server.pid));
    if (tick % 6 === 0) await publish((editions += 1));
    if (tick % 12 === 0) console.log(`${tick / 12} min: ${samples.at(-1).toFixed(0)} MiB, ${editions} editions, ${JSON.stringify(counts)}`);
  }
  isOver = true;
  await Promise.all(clients);
  const peak = Math.max(...samples);
  // What is kept fills up first; after that nothing grows.
  const half = Math.max(...samples.slice(Math.floor(samples.length / 3), Math.floor((samples.length * 2) / 3)));
  const last = Math.max(...samples.slice(Math.floor((samples.length * 2) / 3)));
  const judge = (name, is, told) => {
    console.log(`${is ? 'ok   ' : 'FAIL '} soak: ${name}: ${told}`);
    holds &&= is;
  };
  judge('every good request is answered', counts.failed === 0, `${counts.good} asked, ${counts.failed} failed, ${counts.busy} told to come again${failures.map((line) => `\n      ${line}`).join('')}`);
  judge('no bad request breaks anything', counts.broken === 0, `${counts.bad} asked, ${counts.broken} with 5xx`);
  judge('memory stays below the setting', peak < most, `${peak.toFixed(0)} of ${most} MiB`);
  judge('memory is flat', last <= half * 1.15, `${half.toFixed(0)} MiB in the middle, ${last.toFixed(0)} at the end`);
  const began = Date.now();
  const ended = new Promise((resolve) => server.on('exit', (code) => resolve(code)));
  server.kill('SIGTERM');
  const code = await Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve('not within 15 s'), 15_000))]);
  judge('it ends when told', code === 0 && Date.now() - began < 11_000, `${code} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
} finally {
  server.kill('SIGKILL');
  await rm(work, { recursive: true, force: true });
}
process.exit(holds ? 0 : 1);
