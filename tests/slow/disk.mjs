// A disk that is full: node disk.mjs PROGRAM. Needs root, which mounts a small file system; else it says that it was left out.
// What is refused is told in one sentence, what was accepted is there, who serves goes on, and with room the same command ends well.
import { execFile } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Cluster, Verdict, folder, noaber, programs, remove, serve, sleep } from './postgres.mjs';

const run = promisify(execFile);
const [program] = process.argv.slice(2);
const verdict = new Verdict('disk');
const home = await folder();
const small = join(home, 'small');
const filler = join(small, 'filler');
const servers = [];
let cluster;

/** Leaves so many bytes of room. */
async function fill(left) {
  await rm(filler, { force: true });
  const { bavail, bsize } = await statfs(small);
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)));
}

async function tried(name, database) {
  const file = join(home, 'nieuw.csv');
  // Much of it, so that it has no room.
  await writeFile(file, `naam;gemeente;plaats\n${Array.from({ length: 800 }, (_, n) => `Buurthuis Q${n}x${n * 7919}z;Dalfsen;Dalfsen\n`).join('')}`);
  // Filled and closed before, so that the log of SQLite has no room left over.
  const first = await serve(program, database);
  first.child.kill('SIGTERM');
  await new Promise((resolve) => first.child.on('exit', resolve));
  const server = await serve(program, database);
  servers.push(server);
  const before = await noaber(program, database, 'editions');
  await fill(24_000);
  for (const command of [['ingest', 'places', file, '--language', 'en'], ['withdraw', 'carrousel-ommen', '--reason', 'Op verzoek']]) {
    const { code, stderr, stdout } = await noaber(program, database, ...command);
    const told = stderr.trim().split('\n').filter((line) => line.startsWith('noaber: '));
    // A withdrawal may need less room than there is.
    const isDone = command[0] === 'withdraw' && code === 0;
    verdict.judge(`${name}: ${command[0]} says so in one sentence`, isDone || (code === 1 && told.length >= 1 && told.every((line) => line.includes('no room') || line.includes('still in the file'))), isDone ? stdout.trim().split('\n')[0] : stderr.trim());
  }
  const page = await fetch(`${server.origin}/places.csv`);
  const health = await (await fetch(`${server.origin}/health/ready`)).text();
  verdict.judge(`${name}: who serves goes on`, page.status === 200 && health.includes('"database":"answers"'), `${page.status} ${health}`);
  await rm(filler);
  const kept = await noaber(program, database, 'editions');
  const ids = (text) => text.match(/20\d\d-\d\d-\d\d-[0-9a-f]{12}/g) ?? [];
  verdict.judge(`${name}: what was accepted is there`, ids(before.stdout).every((id) => kept.stdout.includes(id)), `${ids(kept.stdout).length} editions`);
  await noaber(program, database, 'withdraw', 'carrousel-ommen', '--reason', 'Op verzoek');
  const again = await noaber(program, database, 'ingest', 'places', file, '--language', 'en');
  const checked = await noaber(program, database, 'check');
  verdict.judge(`${name}: with room it ends well`, again.code === 0 && checked.code === 0, again.stderr || checked.stderr || again.stdout.trim().split('\n').at(-1));
  const newest = ids(again.stdout).at(-1);
  for (let n = 0; n < 300 && !(await (await fetch(`${server.origin}/health/ready`)).text()).includes(newest); n += 1) await sleep(100);
  verdict.judge(`${name}: and is served`, (await (await fetch(`${server.origin}/health/ready`)).text()).includes(newest), newest);
  server.child.kill('SIGKILL');
}

try {
  await mkdir(small);
  const isMounted = process.getuid() === 0 && (await run('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=0777', 'tmpfs', small]).then(() => true, () => false));
  if (!isMounted) {
    console.log('note: no file system can be mounted here: left out');
  } else {
    await tried('SQLite', `sqlite://${join(small, 'noaber.db')}?mode=rwc`);
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(join(small, `noaber.db${suffix}`), { force: true })));
    if (programs()) {
      cluster = await Cluster.primary(home);
      await run('install', ['-d', '-o', 'postgres', join(small, 'space')]);
      await cluster.query(`CREATE TABLESPACE small LOCATION '${join(small, 'space')}'`, 'postgres');
      await cluster.query('CREATE DATABASE noaber TABLESPACE small', 'postgres');
      await tried('PostgreSQL', `postgres://noaber@127.0.0.1:${cluster.port}/noaber`);
    } else {
      console.log('note: PostgreSQL is not installed: SQLite only');
    }
  }
} catch (cause) {
  verdict.judge('it runs', false, cause.stack);
} finally {
  for (const { child } of servers) child.kill('SIGKILL');
  await cluster?.stop();
  await run('umount', [small]).catch(() => undefined);
  await remove(home);
}
process.exit(verdict.code);
