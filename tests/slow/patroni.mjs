// Patroni decides who is the primary: node patroni.mjs PROGRAM
// etcd and two nodes of Patroni, three servers with the addresses of both. The leader is killed with its PostgreSQL; nobody promotes anything
// by hand. No read may fail, and what is published then is served by all. Exits 1 when something does not hold.
import { spawn } from 'node:child_process';
import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, Verdict, folder, freePort, noaber, programs, remove, serve, sleep } from './postgres.mjs';

const [program] = process.argv.slice(2);
if (!programs() || !existsSync('/usr/bin/patroni') || !existsSync('/usr/bin/etcd')) {
  console.log('note: patroni, etcd-server or PostgreSQL is not installed: left out');
  process.exit(0);
}
const verdict = new Verdict('patroni');
const home = await folder();
const children = [];
const servers = [];

/** As the user of PostgreSQL, which refuses to be root. */
function start(command, ...given) {
  const all = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', command, ...given] : [command, ...given];
  const child = spawn(all[0], all.slice(1), { cwd: '/', stdio: 'ignore' });
  children.push(child);
  return child;
}

async function node(name, etcd) {
  const [rest, port] = [await freePort(), await freePort()];
  const data = join(home, name);
  const file = join(home, `${name}.yml`);
  await writeFile(
    file,
    `scope: noaber
name: ${name}
restapi: { listen: '127.0.0.1:${rest}', connect_address: '127.0.0.1:${rest}' }
etcd3: { host: '127.0.0.1:${etcd}' }
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql: { use_pg_rewind: true, parameters: { max_connections: 100 } }
  initdb: [ { encoding: UTF8 }, { locale: C.UTF-8 }, { auth: trust } ]
  pg_hba: [ 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust', 'local all all trust' ]
postgresql:
  listen: '127.0.0.1:${port}'
  connect_address: '127.0.0.1:${port}'
  data_dir: ${data}
  bin_dir: ${programs()}
  pgpass: ${data}.pass
  authentication:
    superuser: { username: noaber, password: noaber }
    replication: { username: replicator, password: replicator }
    rewind: { username: rewinder, password: rewinder }
  parameters: { unix_socket_directories: '${home}' }
`,
  );
  await chmod(file, 0o644);
  const child = start('/usr/bin/patroni', file);
  return { name, rest, child, cluster: new Cluster(data, port) };
}

const role = async ({ rest }) => (await (await fetch(`http://127.0.0.1:${rest}/patroni`)).json()).role;
async function leader(nodes, seconds) {
  for (let n = 0; n < seconds * 5; n += 1) {
    for (const one of nodes) if (['master', 'primary'].includes(await role(one).catch(() => undefined))) return one;
    await sleep(200);
  }
  return undefined;
}

let isOver = false;
const counts = { asked: 0, failed: 0 };
const failures = [];
async function client(number) {
  for (let round = number; !isOver; round += 1) {
    const path = ['/places.csv', '/place/de-wiekelaar-oudleusen', '/graphql?query=%7Bplaces(first:5)%7Bnodes%7Bname%20sources%7Btitle%7D%7D%7D%7D'][round % 3];
    counts.asked += 1;
    try {
      const answer = await fetch(servers[round % 3].origin + path, { signal: AbortSignal.timeout(30_000) });
      const text = await answer.text();
      if (answer.status !== 200 || text.includes('"errors"')) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
    } catch (cause) {
      counts.failed += 1;
      failures.push(`${path}: ${cause.cause ?? cause}`);
    }
  }
}

async function publish(url, year) {
  const list = join(home, 'lijst.csv');
  await writeFile(list, `sleutel;opgericht\nde-wiekelaar-oudleusen;${year}\n`);
  const said = await noaber(program, url, 'ingest', 'places', list);
  return said.code === 0 ? said.stdout.match(/20\d\d-\d\d-\d\d-[0-9a-f]{12}/g).at(-1) : `: ${said.stderr}`;
}
const edition = async (server) => (await (await fetch(`${server.origin}/health/ready`)).json()).edition;
async function until(id, seconds) {
  for (let n = 0; n < seconds * 10; n += 1) {
    if ((await Promise.all(servers.map(edition))).every((one) => one === id)) return true;
    await sleep(100);
  }
  return false;
}

try {
  const [etcd, peer] = [await freePort(), await freePort()];
  const at = (port) => `http://127.0.0.1:${port}`;
  start('/usr/bin/etcd', '--data-dir', join(home, 'etcd'), '--listen-client-urls', at(etcd), '--advertise-client-urls', at(etcd), '--listen-peer-urls', at(peer), '--initial-advertise-peer-urls', at(peer), '--initial-cluster', `default=${at(peer)}`);
  await sleep(1000);
  const one = await node('one', etcd);
  if (!(await leader([one], 60))) throw new Error('the first node does not become leader');
  const two = await node('two', etcd);
  // The leader may still be starting up.
  while ((await one.cluster.query('CREATE DATABASE noaber', 'postgres').catch(() => undefined)) === undefined) await sleep(500);
  for (let n = 0; n < 300 && (await one.cluster.query('SELECT sync_state FROM pg_stat_replication', 'postgres')) !== 'sync'; n += 1) await sleep(200);
  const url = `postgres://noaber@127.0.0.1:${one.cluster.port},127.0.0.1:${two.cluster.port}/noaber?target_session_attrs=read-write`;
  servers.push(...(await Promise.all([1, 2, 3].map(() => serve(program, url)))));
  const before = await publish(url, 1901);
  verdict.judge('an edition is served by all', await until(before, 30), before);
  const clients = [0, 1, 2].map(client);
  one.child.kill('SIGKILL');
  // What runuser had started is not killed with it.
  for (const pid of await pids(join(home, 'one.yml'))) process.kill(pid, 'SIGKILL');
  await one.cluster.kill();
  const began = Date.now();
  const next = await leader([two], 90);
  verdict.judge('the other takes over by itself', next === two, `after ${((Date.now() - began) / 1000).toFixed(0)} s`);
  const listed = await noaber(program, url, 'editions');
  verdict.judge('what was acknowledged is there', listed.stdout.includes(before), before);
  const after = await publish(url, 1902);
  verdict.judge('all serve what is published then', await until(after, 60), after);
  isOver = true;
  await Promise.all(clients);
  verdict.judge('no read failed', counts.failed === 0, `${counts.asked} asked, ${counts.failed} failed${failures.slice(0, 5).map((line) => `\n      ${line}`).join('')}`);
} catch (cause) {
  verdict.judge('it runs', false, cause.stack);
} finally {
  isOver = true;
  for (const { child } of servers) child.kill('SIGKILL');
  for (const name of ['one.yml', 'two.yml', 'etcd']) for (const pid of await pids(join(home, name))) process.kill(pid, 'SIGKILL');
  for (const name of ['one', 'two']) await new Cluster(join(home, name), 0).stop();
  await sleep(500);
  await remove(home);
}
process.exit(verdict.code);

/** The processes that were given something that only ours have. */
async function pids(given) {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(given)) found.push(Number(pid));
  }
  return found;
}
