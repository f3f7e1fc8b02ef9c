// The configurations of docs/operate.md as they stand there: node proxy.mjs PROGRAM
// nginx in front of two servers, of which one goes, then both; the unit of systemd by its own checker. Exits 1 when something does not hold.
import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'node:https';
import { Verdict, folder, freePort, remove, serve, sleep } from './postgres.mjs';

const run = promisify(execFile);
const [program] = process.argv.slice(2);
const verdict = new Verdict('proxy');
const home = await folder();
const page = await readFile(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
const block = (language) => page.match(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``))[1];

/** Status, headers and body of a GET through the proxy. */
const get = (port, path, headers = {}) =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { host: 'noaber.example.nl', ...headers }, rejectUnauthorized: false }, (answer) => {
      const some = [];
      answer.on('data', (bytes) => some.push(bytes));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(some).toString('latin1') }));
    });
    asked.on('error', reject);
    asked.end();
  });

const servers = [];
let nginx;
try {
  if (!existsSync('/usr/sbin/nginx')) {
    console.log('note: nginx is not installed: left out');
  } else {
    const database = `sqlite://${join(home, 'noaber.db')}?mode=rwc`;
    for (let n = 0; n < 2; n += 1) servers.push(await serve(program, database, ['--trusted-proxies', '127.0.0.1'], { NOABER_RATE_LIMIT: '3000000' }));
    const port = await freePort();
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=noaber.example.nl', '-keyout', join(home, 'key.pem'), '-out', join(home, 'cert.pem')]);
    const ports = ['127.0.0.1:8080', '127.0.0.1:8081'];
    let config = block('nginx')
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${join(home, 'key.pem')};`)
      .replace(/ssl_certificate .*;/, `ssl_certificate ${join(home, 'cert.pem')};`)
      .replace('/var/cache/nginx/noaber', join(home, 'cache'));
    ports.forEach((at, n) => (config = config.replace(`server ${at}`, `server ${new URL(servers[n].origin).host}`)));
    const file = join(home, 'nginx.conf');
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(home, name)};`).join('\n');
    // Its workers would be somebody else, who cannot get here.
    const user = process.getuid() === 0 ? 'user root;\n' : '';
    await writeFile(file, `${user}worker_processes 2;\ndaemon off;\npid ${join(home, 'pid')};\nerror_log ${join(home, 'error.log')};\nevents {}\nhttp {\naccess_log off;\n${paths}\n${config}\n}\n`);
    const tried = await run('/usr/sbin/nginx', ['-t', '-c', file]).then(() => 'right', (cause) => cause.stderr);
    verdict.judge('nginx takes the configuration', tried === 'right', tried);
    nginx = spawn('/usr/sbin/nginx', ['-c', file], { stdio: 'ignore' });
    while ((await get(port, '/health/live').catch(() => ({}))).status !== 200) await sleep(50);

    const first = await get(port, '/places.csv', { 'accept-encoding': 'gzip' });
    const second = await get(port, '/places.csv', { 'accept-encoding': 'gzip' });
    const plain = await get(port, '/places.csv');
    const again = await get(port, '/places.csv', { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag });
    verdict.judge('an answer is kept, as it was', first.headers['x-cache'] === 'MISS' && second.headers['x-cache'] === 'HIT' && second.body === first.body && first.headers['content-encoding'] === 'gzip', `${first.headers['x-cache']}, ${second.headers['x-cache']}`);
    verdict.judge('who takes no gzip gets none', plain.headers['content-encoding'] === undefined && plain.body.includes('De Wiekelaar'), String(plain.headers['content-encoding']));
    verdict.judge('what one has is not sent again', again.status === 304 && again.body === '', String(again.status));
    const question = `/graphql?query=${encodeURIComponent('{dataset{edition}}')}`;
    const types = ['application/json', 'application/graphql-response+json'];
    const answers = [];
    for (const accept of [...types, ...types]) answers.push(await get(port, question, { accept }));
    verdict.judge('of one address each gets the type it takes, kept too', answers.every(({ headers, status }, n) => status === 200 && headers['content-type'].startsWith(types[n % 2])) && answers[3].headers['x-cache'] === 'HIT', answers.map(({ headers }) => `${headers['content-type']} ${headers['x-cache']}`).join(', '));
    const maker = await get(port, '/embed/maker').catch(() => undefined);
    if (maker?.status === 200) verdict.judge('pages know their own address', maker.body.includes('https://noaber.example.nl'), 'https://noaber.example.nl');
    const shown = await get(port, '/health/ready');
    verdict.judge('health is never kept', shown.headers['x-cache'] !== 'HIT' && (await get(port, '/health/ready')).headers['x-cache'] !== 'HIT', String(shown.headers['x-cache']));

    // Each another question, of one client: the limit is that of the client, which the proxy tells.
    let limited;
    for (let n = 1; n < 400 && limited?.status !== 429; n += 1) limited = await get(port, `/map.png?municipality=GM0148&width=${50 + (n % 90)}&scale=${96 + n}`);
    verdict.judge('the rate limit is that of the client', limited.status === 429 && limited.headers['retry-after'] !== undefined, `${limited.status} ${limited.headers['retry-after']}`);
    const other = await get(port, '/places.geojson?municipality=GM0150', { 'x-forwarded-for': '203.0.113.9' });
    verdict.judge('nobody says himself who he is', other.status === 429, String(other.status));

    servers[0].child.kill('SIGKILL');
    const alive = [];
    for (let n = 0; n < 20; n += 1) alive.push((await get(port, '/health/live')).status);
    verdict.judge('of two servers one is enough', alive.every((status) => status === 200), `${alive.length} of ${alive.length}`);
    servers[1].child.kill('SIGKILL');
    await sleep(100);
    const stale = await get(port, '/places.csv', { 'accept-encoding': 'gzip' });
    verdict.judge('what is kept is given where no server is there', stale.status === 200 && stale.body === first.body, `${stale.status} ${stale.headers['x-cache']}`);
  }

  if (existsSync('/usr/bin/systemd-analyze')) {
    const unit = join(home, 'noaber.service');
    await writeFile(unit, block('ini').replace('/usr/local/bin/noaber', program.startsWith('/') ? program : join(process.cwd(), program)));
    const said = await run('systemd-analyze', ['verify', '--man=no', unit]).then(({ stderr }) => stderr, (cause) => `failed: ${cause.stderr}`);
    const own = said.split('\n').filter((line) => line.includes('noaber'));
    verdict.judge('systemd takes the unit', own.length === 0 && !said.startsWith('failed'), own.join('; ') || 'nothing to say');
    const rated = await run('systemd-analyze', ['security', '--offline=true', '--threshold=25', unit]).then(({ stdout }) => stdout, (cause) => cause.stdout + cause.stderr);
    const level = rated.match(/level for .*?: ([\d.]+)/)?.[1];
    verdict.judge('the unit gives away little', level !== undefined && Number(level) <= 2.5, `exposure ${level}`);
    const environment = Object.fromEntries([...block('ini').matchAll(/^Environment=(NOABER_\w+)=(.*)$/gm)].map((found) => [found[1], found[2]]));
    environment.NOABER_DATABASE = `sqlite://${join(home, 'unit.db')}`;
    environment.NOABER_LISTEN = '127.0.0.1:0';
    const served = await serve(program, environment.NOABER_DATABASE, [], environment);
    servers.push(served);
    verdict.judge('its settings are settings', (await fetch(`${served.origin}/health/ready`)).status === 200, Object.keys(environment).join(' '));
  } else {
    console.log('note: systemd is not installed: left out');
  }
} catch (cause) {
  verdict.judge('it runs', false, cause.stack);
} finally {
  nginx?.kill('SIGTERM');
  for (const { child } of servers) child.kill('SIGKILL');
  await sleep(200);
  await remove(home);
}
process.exit(verdict.code);
