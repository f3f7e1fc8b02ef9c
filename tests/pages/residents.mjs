// What people come for, walked through on a service with made-up activities: node residents.mjs http://127.0.0.1:8080 [--pictures DIR]
// A line per check; exits 1 when one fails.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, ...options] = process.argv.slice(2);
const base = new URL(address).origin;
const pictures = options[0] === '--pictures' ? options[1] : null;
if (pictures) await mkdir(pictures, { recursive: true });
const work = await mkdtemp(join(tmpdir(), 'noaber-residents-'));

let failed = 0;
async function check(name, test) {
  try {
    await test();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.message ?? error).replaceAll('\n', '\n      ')}`);
  }
}
function equal(seen, wanted, what) {
  if (seen !== wanted) throw new Error(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
}

async function ask(query) {
  const { data, errors } = await (await fetch(`${base}/graphql?${new URLSearchParams({ query })}`)).json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  env: { ...process.env, XDG_CONFIG_HOME: work, XDG_CACHE_HOME: work },
});

/** A visitor of the first page, whose browser tells of every trouble. */
async function visit(settings, test) {
  const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('request', (request) => new URL(request.url()).origin !== base && troubles.push(`request to elsewhere: ${request.url()}`));
  try {
    await page.goto(base, { waitUntil: 'load' });
    await test(page);
    equal(troubles.join('\n'), '', 'troubles');
  } finally {
    await context.close();
  }
}
async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `residents-${name}.png`), fullPage: true });
}

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** The times of the coming seven days near Oldemarkt, as the API has them. */
async function timesNearOldemarkt() {
  const { settlement } = await ask('{ settlement(by: { slug: "oldemarkt" }) { location { lon lat } } }');
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
  const midnight = new Date(`${day}T00:00:00+01:00`);
  const next = new Date(midnight.getTime() + 7 * 86_400_000);
  const span = `from: "${midnight.toISOString()}", until: "${next.toISOString()}"`;
  const { lon, lat } = settlement.location;
  const area = `{ circle: { center: { wgs84: { lon: ${lon}, lat: ${lat} } }, radius: 7500 } }`;
  const { activities } = await ask(`{ activities(filter: { places: { within: ${area} } }, first: 100) { nodes { name occurrences(${span}, first: 50) { start } } } }`);
  return activities.nodes.reduce((sum, { occurrences }) => sum + occurrences.length, 0);
}

try {
  await check('somebody from Oldemarkt finds on a telephone, in three taps, what is on near them this week', () =>
    visit(PHONE, async (page) => {
      let taps = 0;
      const tap = async (target) => { taps += 1; await target.tap(); };
      await tap(page.getByRole('searchbox').or(page.getByRole('combobox')));
      await page.keyboard.type('oldem');
      const suggestion = page.getByRole('option', { name: /^Oldemarkt/ }).first();
      await suggestion.waitFor();
      await picture(page, 'suggestions');
      await tap(suggestion);
      await page.waitForURL(/\/settlement\/oldemarkt$/);
      equal(await page.locator('h1').innerText(), 'Ontmoeten in Oldemarkt', 'where they are');
      await page.getByRole('heading', { name: 'Deze week in Oldemarkt en omgeving' }).waitFor();
      const listed = await page.locator('.day[aria-labelledby^="dag-2"] li .time').count();
      const times = await timesNearOldemarkt();
      if (times < 6) throw new Error(`only ${times} times`);
      equal(listed, times, 'times of the week');
      await picture(page, 'oldemarkt');
      await tap(page.getByRole('link', { name: 'Koffie-inloop (verzonnen)' }).first());
      await page.waitForURL(/\/activity\//);
      await page.getByRole('heading', { name: 'Wanneer' }).waitFor();
      const told = await page.locator('main').innerText();
      for (const words of ['Kalenberger Gemeenschapshuis', '10:00 tot 11:30', 'Gratis']) {
        if (!told.includes(words)) throw new Error(`${words} is not told: ${told}`);
      }
      equal(taps, 3, 'taps');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      equal(wide, false, 'wider than the screen');
    }));

  await check('the same without a script: a form, a page of results, the village', () =>
    visit({ ...PHONE, javaScriptEnabled: false }, async (page) => {
      await page.locator('#zoek').fill('oldemarkt');
      await page.getByRole('button', { name: 'Zoek' }).tap();
      await page.waitForURL(/\/search\?text=oldemarkt/);
      await page.locator('#gevonden a').first().tap();
      await page.waitForURL(/\/settlement\/oldemarkt$/);
      await page.getByRole('heading', { name: 'Deze week in Oldemarkt en omgeving' }).waitFor();
      equal(await page.getByRole('link', { name: 'Koffie-inloop (verzonnen)' }).count() >= 6, true, 'what is on');
    }));

  await check('suggestions are chosen by keyboard, and told to those who do not see them', () =>
    visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.locator('#zoek').focus();
      await page.keyboard.type('dalfsen');
      await page.getByRole('option').first().waitFor();
      equal(await page.locator('#zoek').getAttribute('aria-expanded'), 'true', 'expanded');
      if (!/^\d suggesties$/.test(await page.locator('#suggesties-aantal').textContent())) throw new Error('how many there are is not told');
      await page.keyboard.press('ArrowDown');
      equal(await page.locator('#zoek').getAttribute('aria-activedescendant'), 'suggestie-0', 'active option');
      await page.keyboard.press('Escape');
      equal(await page.getByRole('option').count(), 0, 'options after Escape');
      await page.keyboard.type(' ');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await Promise.all([page.waitForURL(/\/municipality\/dalfsen$/), page.keyboard.press('Enter')]);
    }));

  await check('a municipality is chosen on the map', () =>
    visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await picture(page, 'landing');
      const path = page.locator('.choose a[href="/municipality/hardenberg"] path');
      const box = await path.boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForURL(/\/municipality\/hardenberg$/);
    }));

  await check('a policy officer makes a map for a document without a manual', () =>
    visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.getByRole('link', { name: 'Maak een kaart voor een document' }).click();
      await page.getByLabel('Gemeente').selectOption({ label: 'Dalfsen' });
      await page.getByLabel('Teken wie dichtbij woont').selectOption({ label: '2 km' });
      await page.getByLabel('Kulturhus', { exact: true }).check();
      await page.getByRole('button', { name: 'Maak de kaart' }).click();
      await page.waitForURL(/municipality=GM0148/);
      const map = page.getByRole('img', { name: 'De kaart die u koos.' });
      await map.evaluate((image) => image.decode());
      equal(await map.evaluate((image) => image.naturalWidth > 300), true, 'the map is drawn');
      await picture(page, 'map');
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /PNG, voor Word/ }).click()]);
      const bytes = await readFile(await download.path());
      equal(bytes.subarray(1, 4).toString(), 'PNG', 'what is taken along');
      equal(bytes.readUInt32BE(16), Math.round((180 / 25.4) * 200), 'pixels from side to side');
      if (!bytes.includes('Dalfsen')) throw new Error('the picture does not say what it shows');
    }));
} finally {
  await browser.close();
  await rm(work, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
