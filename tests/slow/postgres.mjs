// Clusters of PostgreSQL in temporary folders, for the tests beside this file: a primary, and replicas of it.
import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where its programs are; undefined where it is not installed. */
export function programs() {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).filter((version) => existsSync(join(home, version, 'bin/initdb'))) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest && join(home, newest, 'bin');
}

/** A port that nobody uses. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A folder that the user of PostgreSQL can write to. */
export async function folder() {
  const made = await mkdtemp('/tmp/noaber-slow-');
  if (process.getuid() === 0) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    await chown(made, Number(stdout), -1);
  }
  return made;
}

/** Runs a program of PostgreSQL; as its own user, because it refuses to be root. */
export function postgres(program, ...given) {
  const path = join(programs(), program);
  const [command, all] = process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', path, ...given]] : [path, given];
  // Not piped: a server that is started would keep the pipe open.
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, { cwd: '/', stdio: 'ignore' });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ${given.join(' ')}: ${code}`))));
  });
}

export class Cluster {
  constructor(data, port) {
    Object.assign(this, { data, port });
  }

  static async primary(home, options = []) {
    const cluster = new Cluster(join(home, 'one'), await freePort());
    await postgres('initdb', '--pgdata', cluster.data, '--username', 'noaber', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync');
    await cluster.start(options);
    return cluster;
  }

  /** A replica that streams from this one. */
  async replica(home, options = []) {
    const replica = new Cluster(join(home, 'two'), await freePort());
    await postgres('pg_basebackup', '--pgdata', replica.data, '--write-recovery-conf', '--checkpoint', 'fast', '--no-sync', '--dbname', `host=127.0.0.1 port=${this.port} user=noaber application_name=two`);
    await replica.start(options);
    return replica;
  }

  start(options = []) {
    const settings = [`port=${this.port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${this.data}`, ...options];
    return postgres('pg_ctl', 'start', '--pgdata', this.data, '--log', `${this.data}.log`, '--wait', '--silent', '--options', settings.map((one) => `-c "${one}"`).join(' '));
  }

  promote() {
    return postgres('pg_ctl', 'promote', '--pgdata', this.data, '--wait', '--silent');
  }

  /** As a machine that loses its power: nobody is told, and nothing is written any more. */
  async kill() {
    const master = Number((await readFile(join(this.data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(master)]);
    for (const pid of [master, ...stdout.split('\n').map(Number).filter(Boolean)]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended with the first.
      }
    }
  }

  async stop() {
    await postgres('pg_ctl', 'stop', '--pgdata', this.data, '--mode', 'immediate', '--silent').catch(() => undefined);
  }

  async query(sql, database = 'noaber') {
    return this.#psql(database, '-c', sql);
  }

  /** Runs a file of statements. */
  file(path, database) {
    return this.#psql(database, '-f', path);
  }

  async #psql(database, ...given) {
    const { stdout } = await run(join(programs(), 'psql'), ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'noaber', '-d', database, '-At', '-v', 'ON_ERROR_STOP=1', ...given]);
    return stdout.trim();
  }
}

/** A program that serves: where, and how it is ended. */
export async function serve(program, database, given = [], environment = {}) {
  const variables = Object.entries(process.env).filter(([name]) => !name.startsWith('NOABER_'));
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', ...given], {
    env: { ...Object.fromEntries(variables), NOABER_DATABASE: database, NOABER_RATE_LIMIT: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = { child, log: '', origin: undefined };
  child.stderr.on('data', (text) => (server.log += text));
  server.origin = await new Promise((resolve, reject) => {
    let told = '';
    child.stdout.on('data', (text) => {
      told += text;
      if (told.includes('Ctrl-C')) resolve(told.match(/http:\/\/[0-9.:]+/)[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${server.log}`)));
  });
  return server;
}

/** What a program says; its exit code where it fails. */
export async function noaber(program, database, ...given) {
  const variables = Object.entries(process.env).filter(([name]) => !name.startsWith('NOABER_'));
  const env = { ...Object.fromEntries(variables), NOABER_DATABASE: database };
  try {
    return { code: 0, ...(await run(program, given, { env })) };
  } catch (error) {
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** Removes what a test made. */
export const remove = (home) => rm(home, { recursive: true, force: true });

/** Tells what held and what not, as the other runners do; exits by it. */
export class Verdict {
  holds = true;

  constructor(name) {
    this.name = name;
  }

  judge(what, is, told) {
    console.log(`${is ? 'ok   ' : 'FAIL '} ${this.name}: ${what}: ${told}`);
    this.holds &&= is;
  }

  get code() {
    return this.holds ? 0 : 1;
  }
}
