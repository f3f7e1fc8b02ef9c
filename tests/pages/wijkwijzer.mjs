// The example site, built against a service with made-up activities and driven as a visitor: node wijkwijzer.mjs http://127.0.0.1:8080 [--pictures DIR]
// A line per check; exits 1 when one fails. `npm ci` in examples/wijkwijzer and here comes first.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const [address, ...options] = process.argv.slice(2);
const service = new URL(address).origin;
const pictures = options[0] === '--pictures' ? options[1] : null;
if (pictures) await mkdir(pictures, { recursive: true });
const folder = fileURLToPath(new URL('../../examples/wijkwijzer', import.meta.url));
const work = await mkdtemp(join(tmpdir(), 'noaber-wijkwijzer-'));
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let failed = 0;
async function check(name, test) {
  try {
    await test();
    console.log(`ok    wijkwijzer: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  wijkwijzer: ${name}\n      ${String(error.message ?? error).replaceAll('\n', '\n      ')}`);
  }
}
function equal(seen, wanted, what) {
  if (seen !== wanted) throw new Error(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
}

async function ask(query) {
  const answer = await fetch(`${service}/graphql?${new URLSearchParams({ query })}`);
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Builds the site as its README says, for this service. */
async function build() {
  const run = promisify(execFile);
  const settings = { cwd: folder, env: { ...process.env, VITE_NOABER: service, NO_COLOR: '1' } };
  await run('npx', ['graphql-codegen', '--silent'], settings);
  await run('npx', ['tsc'], settings);
  await run('npx', ['vite', 'build', '--outDir', join(work, 'dist'), '--logLevel', 'warn'], settings);
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };
const site = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  const name = path.endsWith('/') ? join(path, 'index.html') : path;
  try {
    const bytes = await readFile(join(work, 'dist', name));
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});

let browser;
async function visit(path, settings, test) {
  const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', viewport: { width: 1280, height: 900 }, ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles = [];
  const own = `http://127.0.0.1:${site.address().port}`;
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (![own, service].includes(origin) && !['data:', 'blob:'].includes(protocol)) troubles.push(`request to elsewhere: ${request.url()}`);
  });
  try {
    await page.goto(own + path, { waitUntil: 'networkidle' });
    await test(page, own);
    if (troubles.length > 0) throw new Error(troubles.join('\n'));
  } finally {
    await context.close();
  }
}
async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `wijkwijzer-${name}.png`), fullPage: true });
}
const names = (page) => page.locator('.places h3 button').allInnerTexts();

try {
  await check('it is built from a clean checkout with strict types', build);
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: { ...process.env, XDG_CONFIG_HOME: work, XDG_CACHE_HOME: work },
  });

  await check('the list has the places of the municipality, the map those with an address', () =>
    visit('/', {}, async (page) => {
      const { places } = await ask('{ places(filter: { within: { municipalities: ["GM0150"] } }, first: 100) { totalCount nodes { name location { precision } } } }');
      equal((await names(page)).length, places.totalCount, 'places in the list');
      const located = places.nodes.filter(({ location }) => location?.precision === 'ADDRESS').length;
      equal(await page.locator('.map path.leaflet-interactive').count(), located, 'marks on the map');
      equal(await page.locator('h1').innerText(), 'Ontmoeten in Deventer', 'title');
      await picture(page, 'desktop');
    }));

  await check('a village, words and a postcode say what is shown, and the address keeps it', () =>
    visit('/', {}, async (page, own) => {
      await page.getByLabel('Dorp of wijk').selectOption('bathmen');
      await page.waitForFunction(() => document.querySelectorAll('.places h3').length === 2);
      equal(new URL(page.url()).searchParams.get('wijk'), 'bathmen', 'address');
      await page.goto(`${own}/?postcode=7411%20AC`, { waitUntil: 'networkidle' });
      const first = (await names(page))[0];
      equal(first, 'Buurthuis Wijk 16', 'the nearest');
      if (!(await page.getByRole('status').innerText()).includes('gerekend vanaf het midden van 7411 AC')) throw new Error('the origin is not told');
      await page.goto(`${own}/?zoek=hovenhuus`, { waitUntil: 'networkidle' });
      equal((await names(page)).join(), "Buurthuis 't Hovenhuus", 'found');
      await page.goBack({ waitUntil: 'networkidle' });
      equal((await names(page))[0], first, 'back again');
      await page.goto(`${own}/?postcode=1012%20AB`, { waitUntil: 'networkidle' });
      equal(await page.getByRole('status').innerText(), 'Die postcode kennen we niet in Overijssel.', 'a postcode of Amsterdam');
    }));

  await check('a place shows what is known of it, and its address can be shared', () =>
    visit('/?plek=buurthuis-wijk-16-deventer', {}, async (page) => {
      const chosen = page.locator('.places > li.chosen');
      equal(await chosen.count(), 1, 'chosen places');
      if (!(await chosen.innerText()).includes('Zutphenselaan 18')) throw new Error(await chosen.innerText());
      equal(await chosen.getByRole('link', { name: 'Route' }).count(), 1, 'way there');
    }));

  await check('the agenda has every time of the week that the API tells', () =>
    visit('/', {}, async (page) => {
      const from = new Date();
      from.setMinutes(0, 0, 0);
      const until = new Date(from.getTime() + 7 * 86_400_000);
      const span = `from: "${from.toISOString()}", until: "${until.toISOString()}"`;
      const { activities } = await ask(`{ activities(filter: { between: { ${span} }, places: { within: { municipalities: ["GM0150"] } } }, first: 100) { nodes { name occurrences(${span}, first: 20) { start } } } }`);
      const times = activities.nodes.reduce((sum, { occurrences }) => sum + occurrences.length, 0);
      if (times < 8) throw new Error(`only ${times} times`);
      equal(await page.locator('.day li').count(), times, 'times of the week');
      const day = await page.locator('.day h3').first().innerText();
      if (!/^(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag) \d+ [a-z]+$/.test(day)) throw new Error(day);
      const calendar = await page.getByRole('link', { name: 'In uw eigen agenda' }).getAttribute('href');
      const text = await (await fetch(calendar)).text();
      if (!text.startsWith('BEGIN:VCALENDAR') || !text.includes('Bingo')) throw new Error(text.slice(0, 200));
    }));

  await check('open now is what is surely open, and how many are not known is told', () =>
    visit('/?open=ja', {}, async (page) => {
      const { places } = await ask('{ places(filter: { within: { municipalities: ["GM0150"] } }, first: 100) { nodes { openNow } } }');
      equal((await names(page)).length, places.nodes.filter(({ openNow }) => openNow === true).length, 'open places');
      const unknown = places.nodes.filter(({ openNow }) => openNow === null).length;
      const told = await page.getByRole('status').innerText();
      if (unknown > 0 && !told.includes(`van ${unknown} weten we de openingstijden niet`)) throw new Error(told);
    }));

  for (const [name, settings] of [['desktop', {}], ['phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }], ['dark', { colorScheme: 'dark' }]]) {
    await check(`${name}: axe finds nothing, and nothing is wider than the screen`, () =>
      visit('/?plek=buurthuis-wijk-16-deventer', settings, async (page) => {
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        equal(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`).join('\n'), '', 'violations');
        equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'wider than the screen');
        await picture(page, name);
      }));
  }
} finally {
  await browser?.close();
  site.close();
  await rm(work, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
