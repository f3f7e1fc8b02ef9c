// Browser tests of the pages: node run.mjs http://127.0.0.1:8080 [--pictures DIR]
// A line per check; exits 1 when one fails. The server must run with data, and with at least one example query.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { testEmbed } from './embed.mjs';
import { testMarkup } from './markup.mjs';
import { testStructured } from './structured.mjs';
import { testTiles } from './tiles.mjs';

const [address, ...options] = process.argv.slice(2);
if (!address) {
  console.error('usage: node run.mjs URL [--pictures DIR]');
  process.exit(2);
}
const base = new URL(address).origin;
const pictures = options[0] === '--pictures' ? options[1] : null;
if (pictures) await mkdir(pictures, { recursive: true });
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const profile = await mkdtemp(join(tmpdir(), 'noaber-pages-'));
// Without these flags Chromium calls home, which is noise where there is no way out.
const environment = { ...process.env, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  env: environment,
});

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
function expect(condition, message) {
  if (!condition) throw new Error(message);
}
function equal(seen, wanted, what) {
  expect(seen === wanted, `${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
}

/** Runs `test` on a fresh page of a fresh visitor; fails on any console error or warning of ours, and on any request to elsewhere. */
async function visit(path, settings, test) {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 1280, height: 900 }, ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== base && !['data:', 'blob:'].includes(url.protocol)) troubles.push(`request to elsewhere: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} from ${response.url()}`);
  });
  try {
    const response = await page.goto(base + path, { waitUntil: 'load' });
    equal(response.status(), 200, path);
    await test(page, response, context);
    expect(troubles.length === 0, troubles.join('\n'));
  } finally {
    await context.close();
  }
}

async function picture(page, name, fullPage = false) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}

/** `known`: by rule, the elements that may break it. */
async function axe(page, known = {}) {
  await page.evaluate(axeSource); // through the debugger, so the page's own policy stays in force
  const { violations } = await page.evaluate(() =>
    window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  for (const violation of violations) {
    violation.nodes = violation.nodes.filter(({ target }) => !known[violation.id]?.test(String(target)));
  }
  const told = violations.filter(({ nodes }) => nodes.length).map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×)\n  ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any?.[0]?.message ?? ''}`).join('\n  ')}`);
  expect(told.length === 0, told.join('\n'));
}

async function noSidewaysScroll(page) {
  const { scroll, client, wide } = await page.evaluate(() => {
    const client = document.documentElement.clientWidth;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > client + 1 && !element.closest('pre')).slice(0, 5).map((element) => element.outerHTML.slice(0, 80));
    return { scroll: document.documentElement.scrollWidth, client, wide };
  });
  expect(scroll <= client, `${scroll} px wide in a window of ${client} px: ${wide.join(' · ')}`);
}

// A page of the list holds 50 places at most; how many there are is told above it.
const placesListed = async (page) => Number((await page.locator('#resultaat strong').innerText()).match(/\d+/)[0]);

for (const [path, language, other] of [['/places', 'nl', '/en/places'], ['/en/places', 'en', '/places']]) {
  await check(`${path} loads in ${language} with no console error, no request to elsewhere, no cookie`, () =>
    visit(path, {}, async (page, response, context) => {
      equal(await page.locator('html').getAttribute('lang'), language, 'lang');
      equal(await page.locator('h1').count(), 1, 'number of h1');
      expect((await placesListed(page)) > 0, 'no place in the list');
      equal((await context.cookies()).length, 0, 'cookies');
      equal(await page.locator(`a.language[href="${other}"]`).count(), 1, 'links to the other language');
      expect(/script-src|default-src 'none'/.test(response.headers()['content-security-policy'] ?? ''), 'no content security policy');
      equal(await page.locator('script').count(), 0, 'scripts');
      await picture(page, `list-${language}`);
      await picture(page, `list-${language}-whole`, true);
    }));

  for (const scheme of ['light', 'dark']) {
    await check(`${path} has no axe violation (${scheme})`, () =>
      visit(path, { colorScheme: scheme }, async (page) => {
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        await axe(page);
        const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
        expect(scheme === 'dark' ? red < 80 : red > 200, `background in ${scheme}: ${red}`);
        await picture(page, `list-${language}-${scheme}`);
      }));
  }

  for (const width of [320, 360, 768]) {
    await check(`${path} does not scroll sideways at ${width} px`, () =>
      visit(path, { viewport: { width, height: 700 } }, async (page) => {
        await noSidewaysScroll(page);
        await picture(page, `list-${language}-${width}`);
        if (width === 320) {
          await page.locator('#plekken').scrollIntoViewIfNeeded();
          await page.evaluate(() => document.querySelector('.filter').scrollIntoView({ behavior: 'instant' }));
          await picture(page, `list-${language}-320-filter`);
          await page.evaluate(() => document.querySelector('.municipality').scrollIntoView({ behavior: 'instant' }));
          await picture(page, `list-${language}-320-list`);
        }
      }));
  }
}

// One visit a page: it is loaded, judged in light and in dark, and made as narrow as a small telephone.
const SCRIPTED = ['/', '/search?text=dalfsen']; // with a script the search box suggests
const PAGES = [
  ...SCRIPTED, '/place/kulturhus-trefkoele-dalfsen', '/settlement/oldemarkt', '/municipality/dalfsen', '/agenda', '/changes', '/data',
  '/map/maker?municipality=GM0148', '/gaps', '/privacy',
];
// Those of /ogc have the language as a parameter, and what is asked behind it.
const OF_PROGRAMS = [
  '/ogc', '/ogc/api', '/ogc/conformance', '/ogc/collections', '/ogc/collections/places', '/ogc/collections/places/queryables',
  '/ogc/collections/places/items', '/ogc/collections/places/items/place:kulturhus-trefkoele-dalfsen', '/ogc/collections/survey/items',
];
for (const inner of [...PAGES, ...OF_PROGRAMS]) {
  const english = OF_PROGRAMS.includes(inner) ? `${inner}?lang=en` : `/en${inner === '/' ? '' : inner}`;
  for (const [path, language, other] of [[inner, 'nl', english], [english, 'en', inner]]) {
    const name = path.slice(1).replaceAll(/[/?=]/g, '-') || 'landing';
    await check(`${path} is in ${language}, asks nothing of others, passes axe in light and dark, and fits into 320 px`, () =>
      visit(path, {}, async (page, response, context) => {
        equal(await page.locator('html').getAttribute('lang'), language, 'lang');
        equal(await page.locator('h1').count(), 1, 'number of h1');
        equal((await context.cookies()).length, 0, 'cookies');
        equal(await page.locator(`a.language[href="${other}"]`).count(), 1, 'links to the other language');
        equal(await page.locator('nav.main a').count(), 4, 'parts of the service');
        expect(/default-src 'none'/.test(response.headers()['content-security-policy'] ?? ''), 'no content security policy');
        const scripts = await page.locator('script:not([type="application/ld+json"])').evaluateAll((all) => all.map(({ src }) => new URL(src).pathname.replace(/\.[0-9a-f]+\./, '.')));
        equal(scripts.join(), SCRIPTED.includes(inner) ? '/assets/search.js' : '', 'scripts that run');
        await picture(page, name, true);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await axe(page);
          await picture(page, `${name}-${colorScheme}`);
        }
        await page.setViewportSize({ width: 320, height: 700 });
        await noSidewaysScroll(page);
        await picture(page, `${name}-320`, true);
      }));
  }
}

await check('/place: the facts fit into 320 px, and the first stop leads to them', () =>
  visit('/place/kulturhus-trefkoele-dalfsen', { viewport: { width: 320, height: 700 } }, async (page) => {
    await page.locator('.provenance').evaluate((details) => { details.open = true; });
    const [scroll, client] = await page.locator('.scroll:has(.facts)').evaluate((box) => [box.scrollWidth, box.clientWidth]);
    expect(scroll <= client, `${scroll} px of facts in ${client} px`);
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.className), 'skip', 'first stop');
    await page.keyboard.press('Enter');
    equal(await page.evaluate(() => document.activeElement.id), 'inhoud', 'where the skip link leads');
  }));

for (const [path, name] of [['/', 'landing'], ['/places', 'list'], ['/examples', 'worked']]) {
  await check(`${path} stays whole when text is twice as large and spaced as WCAG 1.4.12 asks`, () =>
    visit(path, { viewport: { width: 640, height: 800 } }, async (page) => {
      // Through the style sheet object: the policy refuses a <style> element, as it should.
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('html { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
      });
      await noSidewaysScroll(page);
      await picture(page, `${name}-nl-200`);
    }));
}

await check('/places is filtered by keyboard alone', () =>
  visit('/places', {}, async (page) => {
    const before = await placesListed(page);
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.className), 'skip', 'first stop');
    expect(await page.locator('.skip').evaluate((link) => link.getBoundingClientRect().left >= 0), 'the skip link is not seen when it has the focus');
    await picture(page, 'landing-nl-skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.id), 'text', 'the stop after the skip link');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.id), 'municipality', 'the third field');
    const outline = await page.locator('#municipality').evaluate((select) => getComputedStyle(select).outlineWidth);
    equal(outline, '3px', 'outline of what has the focus');
    await picture(page, 'landing-nl-focus');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.tagName), 'BUTTON', 'the stop after three choices');
    await Promise.all([page.waitForURL(/municipality=GM\d{4}/), page.keyboard.press('Enter')]);
    equal(new URL(page.url()).hash, '#plekken', 'the address lands at the list');
    const after = await placesListed(page);
    expect(after > 0 && after < before, `${after} of ${before} places`);
    equal(await page.locator('.municipality').count(), 1, 'municipalities shown');
    expect((await page.locator('#resultaat').innerText()).includes(String(after)), 'the number of places is not told');
    await picture(page, 'landing-nl-filtered');
    // After the filter's own stops (button, clear): what is on there, and the downloads.
    await page.locator('.filter a').focus();
    await page.keyboard.press('Tab');
    expect((await page.evaluate(() => document.activeElement.getAttribute('href'))).startsWith('/agenda?municipality=GM'), 'what is on keeps the filter');
    await page.keyboard.press('Tab');
    expect((await page.evaluate(() => document.activeElement.getAttribute('href'))).startsWith('/places.geojson?municipality=GM'), 'the download keeps the filter');
  }));

await check('/places is filtered without JavaScript, and the filter can be cleared', () =>
  visit('/places', { javaScriptEnabled: false }, async (page) => {
    const before = await placesListed(page);
    const kind = await page.locator('#kind option').nth(1).getAttribute('value');
    await page.locator('#kind').selectOption(kind);
    await Promise.all([page.waitForURL((url) => url.searchParams.get('kind') === kind), page.locator('.filter button').click()]);
    const after = await placesListed(page);
    expect(after > 0 && after < before, `${after} of ${before} places`);
    equal(await page.locator('#kind').inputValue(), kind, 'the choice is still chosen');
    await Promise.all([page.waitForURL((url) => !url.search), page.locator('.filter a').click()]);
    equal(await placesListed(page), before, 'places after clearing');
  }));

await check('/places tells of how many places a facility is not known', () =>
  visit('/places', {}, async (page) => {
    const options = page.locator('#facility option');
    await page.locator('#facility').selectOption(await options.nth(1).getAttribute('value'));
    await Promise.all([page.waitForURL(/facility=\w/), page.locator('.filter button').click()]);
    expect(/niet bekend/.test(await page.locator('#resultaat').innerText()), await page.locator('#resultaat').innerText());
    await picture(page, 'landing-nl-facility');
  }));

await check('/places every link to a place on the page has its target, every id is there once', () =>
  visit('/places', {}, async (page) => {
    const { lost, twice } = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      const lost = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id));
      return { lost, twice: ids.filter((id, index) => ids.indexOf(id) !== index) };
    });
    expect(lost.length + twice.length === 0, `lost ${lost}; twice ${twice}`);
  }));

await check('/data links to downloads, schema and explorer that answer', () =>
  visit('/data', {}, async (page, response, context) => {
    const addresses = await page.locator('a[href^="/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))]);
    expect(['/places.geojson', '/places.csv', '/schema.graphql'].every((wanted) => addresses.includes(wanted)), addresses.join(' '));
    for (const href of addresses) equal((await context.request.get(base + href)).status(), 200, href);
  }));

await check('/places prints: dark ink on white, no form, whole queries', () =>
  visit('/places', { colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const style = await page.evaluate(() => ({
      ink: getComputedStyle(document.body).color,
      paper: getComputedStyle(document.body).backgroundColor,
      form: getComputedStyle(document.querySelector('.filter')).display,
    }));
    equal(JSON.stringify(style), JSON.stringify({ ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', form: 'none' }), 'print style');
    if (pictures) await page.pdf({ path: join(pictures, 'landing-nl.pdf'), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  }));

// What the explorer shows

const answered = (page, text) =>
  page.waitForFunction((wanted) => document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue().includes(wanted), text);
const queryIn = (page) => page.locator('.graphiql-query-editor .CodeMirror').evaluate((element) => element.CodeMirror.getValue());
const ready = async (page) => {
  await page.waitForSelector('.graphiql-query-editor .CodeMirror');
  await page.waitForSelector('.noaber-examples button');
};

// The worked examples

for (const [path, language, other] of [['/examples', 'nl', '/en/examples'], ['/en/examples', 'en', '/examples']]) {
  await check(`${path} loads in ${language} with no console error, no request to elsewhere, no cookie, no script`, () =>
    visit(path, {}, async (page, response, context) => {
      equal(await page.locator('html').getAttribute('lang'), language, 'lang');
      equal(await page.locator('h1').count(), 1, 'number of h1');
      equal(await page.locator('main > section').count(), 6, 'sections');
      equal(await page.locator('main > section:has(table)').count(), 6, 'sections with a table');
      equal(await page.locator(`a.language[href="${other}"]`).count(), 1, 'links to the other language');
      equal(await page.locator('script, style, [style]').count(), 0, 'scripts and inline styles');
      equal((await context.cookies()).length, 0, 'cookies');
      expect(/default-src 'none'/.test(response.headers()['content-security-policy'] ?? ''), 'no content security policy');
      await picture(page, `worked-${language}-whole`, true);
    }));

  for (const scheme of ['light', 'dark']) {
    await check(`${path} has no axe violation (${scheme})`, () =>
      visit(path, { colorScheme: scheme }, async (page) => {
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        await axe(page);
        for (const anchor of ['bibliotheken', 'gemeente', 'ouderen']) {
          await page.evaluate((id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' }), anchor);
          await picture(page, `worked-${language}-${scheme}-${anchor}`);
        }
      }));
  }

  for (const width of [320, 360, 768]) {
    await check(`${path} does not scroll sideways at ${width} px`, () =>
      visit(path, { viewport: { width, height: 800 } }, async (page) => {
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
        await noSidewaysScroll(page);
        if (width === 320) await picture(page, `worked-${language}-320`, true);
      }));
  }
}

await check('/examples draws: bars have a width, what is sure looks unlike what may be, maps have their shapes', () =>
  visit('/examples', {}, async (page) => {
    const seen = await page.evaluate(() => {
      const wide = (selector) => [...document.querySelectorAll(selector)].map((mark) => mark.getBoundingClientRect().width);
      const fill = (selector) => getComputedStyle(document.querySelector(selector)).fill;
      return {
        sure: wide('#bibliotheken .bar .sure'),
        maybe: wide('#bibliotheken .bar .maybe'),
        fills: ['solid', 'hatched', 'sparse'].map((name) => fill(`#gemeente .map .${name}`)),
        patterns: ['hatch', 'sparse'].map((id) => document.getElementById(id)?.tagName),
        maps: [...document.querySelectorAll('.map')].map((map) => map.getBoundingClientRect().height),
      };
    });
    expect(seen.sure.length > 5 && seen.sure.every((width) => width > 0), `solid bars ${seen.sure}`);
    expect(seen.maybe.length > 20 && Math.max(...seen.maybe) > 100, `hatched bars ${seen.maybe}`);
    equal(new Set(seen.fills).size, 3, `fills ${seen.fills}`);
    equal(seen.patterns.join(), 'pattern,pattern', 'patterns');
    expect(seen.maps.length === 2 && seen.maps.every((height) => height > 300), `maps ${seen.maps}`);
  }));

await check('/examples what is drawn is told apart in shades of grey, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await visit('/examples', { colorScheme }, async (page) => {
      const shades = await page.evaluate(() => {
        const shade = (element) => {
          const [red, green, blue] = getComputedStyle(element).fill.match(/\d+/g).map(Number);
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        return ['#gemeente .map .solid', '.hatch-ground', '.sparse-ground', '.hatch-line'].map((name) => shade(document.querySelector(name)));
      });
      const [solid, hatch, sparse] = shades;
      expect(Math.abs(solid - hatch) > 60 && Math.abs(solid - sparse) > 60, `${colorScheme}: ${shades}`);
    });
  }
});

await check('/examples every wide table is reached and scrolled by keyboard alone at 320 px', () =>
  visit('/examples', { viewport: { width: 320, height: 800 } }, async (page) => {
    const wide = await page.locator('.scroll').evaluateAll((regions) => regions.map((region, index) => (region.scrollWidth > region.clientWidth ? index : -1)).filter((index) => index >= 0));
    expect(wide.length > 3, `${wide.length} wide tables`);
    const reached = new Set();
    for (let stops = 0; stops < 150; stops += 1) {
      await page.keyboard.press('Tab');
      const index = await page.evaluate(() => [...document.querySelectorAll('.scroll')].indexOf(document.activeElement));
      if (index < 0 || reached.has(index)) continue;
      reached.add(index);
      const style = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
      equal(style, '3px', `outline of table ${index}`);
      if (!wide.includes(index)) continue;
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
    }
    expect(wide.every((index) => reached.has(index)), `reached ${[...reached]} of ${wide}`);
  }));

await check('/examples opens a query in the explorer, and every link of the page answers', async () => {
  for (const path of ['/examples', '/en/examples']) {
    await visit(path, {}, async (page, response, context) => {
      const addresses = await page.locator('a[href^="/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))]);
      for (const href of addresses) equal((await context.request.get(base + href)).status(), 200, href);
      const lost = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id)));
      equal(lost.join(), '', 'links without a target');
      const twice = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((element) => element.id).filter((id, index, ids) => ids.indexOf(id) !== index));
      equal(twice.join(), '', 'ids that are there twice');
      const query = await page.locator('#gemeente pre code').last().textContent();
      await page.goto(base + (await page.locator('#gemeente .follow a').first().getAttribute('href')));
      await ready(page);
      equal(await queryIn(page), query, 'query in the editor');
      await page.locator('.graphiql-execute-button').click();
      await answered(page, '"data"');
    });
  }
});

await check('/examples prints: dark ink on white, in a dark scheme too, whole tables, no map cut off', () =>
  visit('/examples', { colorScheme: 'dark', viewport: { width: 800, height: 1100 } }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const style = await page.evaluate(() => ({
      ink: getComputedStyle(document.body).color,
      paper: getComputedStyle(document.body).backgroundColor,
      follow: getComputedStyle(document.querySelector('.follow')).display,
      scroll: getComputedStyle(document.querySelector('.scroll')).overflowX,
      label: getComputedStyle(document.querySelector('.map text')).fill,
    }));
    const wanted = { ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', follow: 'none', scroll: 'visible', label: 'rgb(27, 36, 48)' };
    equal(JSON.stringify(style), JSON.stringify(wanted), 'print style');
    if (pictures) await page.pdf({ path: join(pictures, 'worked-nl.pdf'), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  }));

// The explorer

for (const language of ['nl', 'en']) {
  await check(`/graphiql?lang=${language} loads with no console error, no request to elsewhere, no cookie`, () =>
    visit(`/graphiql?lang=${language}`, {}, async (page, response, context) => {
      await ready(page);
      await page.waitForLoadState('networkidle');
      equal(await page.locator('html').getAttribute('lang'), language, 'lang');
      expect(!/unsafe-/.test(response.headers()['content-security-policy'] ?? 'unsafe-'), 'the content security policy is weak or missing');
      equal((await context.cookies()).length, 0, 'cookies');
      await picture(page, `explorer-${language}`);
    }));
}

await check('/graphiql an example is loaded by one click, executed, and its answer shown', () =>
  visit('/graphiql', {}, async (page) => {
    await ready(page);
    const example = page.locator('.noaber-examples button').last();
    await example.click();
    const name = await example.getAttribute('data-example');
    const examples = await page.evaluate(() => JSON.parse(document.getElementById('explorer-data').textContent).examples);
    equal(await queryIn(page), examples.find((candidate) => candidate.name === name).query, 'query in the editor');
    await page.locator('.graphiql-execute-button').click();
    await answered(page, '"data"');
    expect(!(await page.locator('.result-window .CodeMirror').evaluate((element) => element.CodeMirror.getValue())).includes('"errors"'), 'the answer has errors');
    await picture(page, 'explorer-answered');
  }));

await check('/graphiql every example answers without errors', () =>
  visit('/graphiql', {}, async (page) => {
    await ready(page);
    for (const button of await page.locator('.noaber-examples button').all()) {
      await button.click();
      await page.locator('.graphiql-execute-button').click();
      await answered(page, '"data"');
      const answer = await page.locator('.result-window .CodeMirror').evaluate((element) => element.CodeMirror.getValue());
      expect(!answer.includes('"errors"'), `${await button.getAttribute('data-example')}: ${answer.slice(0, 400)}`);
    }
  }));

await check('/graphiql a query somebody wrote is kept when an example is opened', () =>
  visit('/graphiql', {}, async (page) => {
    await ready(page);
    const mine = '{ __typename }';
    await page.locator('.graphiql-query-editor .CodeMirror').evaluate((element, text) => element.CodeMirror.setValue(text), mine);
    await page.waitForTimeout(300); // GraphiQL notes an edit after a tenth of a second
    await page.locator('.noaber-examples button').first().click();
    await page.waitForFunction((text) => document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.getValue() !== text, mine);
    equal(await page.locator('.graphiql-tabs [role="tab"], .graphiql-tabs .graphiql-tab').count() >= 2, true, 'a second tab');
    await page.locator('.graphiql-tabs .graphiql-tab-button').first().click();
    await page.waitForFunction((text) => document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.getValue() === text, mine);
  }));

await check('/graphiql?example= and /graphiql?query= open that query, ready to run', () =>
  visit('/graphiql', {}, async (page) => {
    const examples = await page.evaluate(() => JSON.parse(document.getElementById('explorer-data').textContent).examples);
    const wanted = examples.find((example) => example.variables) ?? examples.at(-1);
    await page.goto(`${base}/graphiql?example=${encodeURIComponent(wanted.name)}`);
    await ready(page);
    equal(await queryIn(page), wanted.query, '?example=');
    await page.keyboard.press('Tab');
    await page.locator('.graphiql-execute-button').click();
    await answered(page, '"data"');
    await page.goto(`${base}/graphiql?query=${encodeURIComponent('query Mine { __typename }')}`);
    await ready(page);
    equal(await queryIn(page), 'query Mine { __typename }', '?query=');
    await page.locator('.graphiql-execute-button').click();
    await answered(page, '"__typename"');
  }));

await check('/graphiql is worked by keyboard alone: example, run, and out of the editor again', () =>
  visit('/graphiql', {}, async (page) => {
    await ready(page);
    await page.locator('.noaber-examples button').first().focus();
    await page.keyboard.press('Enter');
    const inEditor = () => page.evaluate(() => Boolean(document.activeElement.closest('.graphiql-query-editor')));
    expect(await inEditor(), 'the editor has no focus after an example was chosen');
    await page.keyboard.press('Control+Enter');
    await answered(page, '"data"');
    const text = await queryIn(page);
    await page.keyboard.press('Tab');
    expect(!(await inEditor()) || (await page.evaluate(() => document.activeElement.tagName)) !== 'TEXTAREA', 'Tab does not leave the editor');
    equal(await queryIn(page), text, 'query after Tab');
    await page.keyboard.press('Shift+Tab');
  }));

await check('/graphiql documentation and dialogs open without a console error', () =>
  visit('/graphiql', {}, async (page) => {
    await ready(page);
    await page.locator('.graphiql-sidebar button[aria-label*="Documentation Explorer" i]').click();
    await page.waitForSelector('.graphiql-doc-explorer');
    await picture(page, 'explorer-docs');
    await page.locator('.graphiql-sidebar button[aria-label*="settings" i]').click();
    await page.waitForSelector('.graphiql-dialog');
    await page.keyboard.press('Escape');
    await page.locator('.graphiql-sidebar button[aria-label*="short keys" i], .graphiql-sidebar button[aria-label*="shortcut" i]').click();
    await page.waitForSelector('.graphiql-dialog');
    await page.keyboard.press('Escape');
  }));

// What GraphiQL 4 itself leaves to be wished: a tab with its button and its close button inside an element with the role of a tab.
// CodeMirror scrolls by the keys of its hidden textarea, which stands beside the region that axe looks at.
const GRAPHIQL = { 'nested-interactive': /graphiql-tab/, 'scrollable-region-focusable': /CodeMirror-scroll/ };
for (const scheme of ['light', 'dark']) {
  await check(`/graphiql has no axe violation (${scheme})`, () =>
    visit('/graphiql', { colorScheme: scheme }, async (page) => {
      await ready(page);
      await page.locator('.noaber-examples button').first().click();
      await page.locator('.graphiql-execute-button').click();
      await answered(page, '"data"');
      await picture(page, `explorer-${scheme}`);
      await axe(page, GRAPHIQL);
    }));
}

await check('/graphiql does not scroll sideways at 320 px', () =>
  visit('/graphiql', { viewport: { width: 320, height: 700 } }, async (page) => {
    await ready(page);
    await picture(page, 'explorer-320', true);
    await noSidewaysScroll(page);
  }));

await check('/graphiql says what to do without JavaScript', () =>
  visit('/graphiql', { javaScriptEnabled: false }, async (page) => {
    expect(await page.locator('noscript').isVisible(), 'nothing is shown');
    await picture(page, 'explorer-no-script');
  }));

await testMarkup({ base, browser, check, equal, expect });
await testStructured({ base, check, expect });
await testTiles({ base, check, equal, expect, environment });
await testEmbed({ base, browser, check, visit, picture, axe, expect, equal, noSidewaysScroll, pictures });

await browser.close();
await rm(profile, { recursive: true, force: true });
console.log(failed ? `${failed} failed` : 'all passed');
process.exit(failed ? 1 : 0);
