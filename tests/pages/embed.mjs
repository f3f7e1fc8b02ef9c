// The list and map for other sites: /embed, and /embed/maker, which writes the snippet. Called by run.mjs with what it tests by.
import { createServer } from 'node:http';
import { join } from 'node:path';

/** A picture of one pixel, in the place of a tile. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const DALFSEN = '/embed?municipality=GM0148';

export async function testEmbed({ base, browser, check, visit, picture, axe, expect, equal, noSidewaysScroll, pictures }) {
  const items = (page) => page.locator('#lijst .places > li');
  const pins = (page) => page.locator('#vlak .pin');
  const drawn = async (page) => {
    await page.waitForSelector('#vlak .ground', { state: 'attached' });
    await page.waitForLoadState('networkidle');
  };
  const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);
  const openForm = (page) => page.evaluate(() => { document.getElementById('keuze').open = true; });
  /** What the API says to the same question: keys of places. */
  const api = async (filter) => {
    const query = 'query Q($filter: PlaceFilter) { places(filter: $filter, first: 100) { totalCount nodes { id } } }';
    const answer = await fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { filter } }) });
    const { data, errors } = await answer.json();
    expect(!errors && data.places.totalCount <= 100, JSON.stringify(errors ?? data.places.totalCount));
    return data.places.nodes.map(({ id }) => id.replace('place:', 'plek-')).sort().join(' ');
  };
  const listed = (page) => items(page).evaluateAll((found) => found.map(({ id }) => id).sort().join(' '));

  for (const language of ['nl', 'en']) {
    await check(`/embed?lang=${language} loads with no console error, no request to elsewhere, no cookie, nothing stored`, () =>
      visit(`/embed?lang=${language}`, {}, async (page, response, context) => {
        await drawn(page);
        equal(await page.locator('html').getAttribute('lang'), language, 'lang');
        equal(await page.locator('h1').count(), 1, 'number of h1');
        const policy = response.headers()['content-security-policy'];
        expect(/frame-ancestors \*/.test(policy) && !/unsafe-|data:|https?:/.test(policy), policy);
        equal((await context.cookies()).length, 0, 'cookies');
        equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, 'things stored');
        equal(await page.locator('script:not([src]), style, [onclick]').count(), 0, 'inline scripts and styles');
        expect((await page.locator('#bron').innerText()).includes('CC-BY-4.0'), 'no licence in sight');
        await picture(page, `embed-${language}`);
      }));

    for (const scheme of ['light', 'dark']) {
      await check(`/embed?lang=${language} has no axe violation, with form and popup open (${scheme})`, () =>
        visit(`${DALFSEN}&near=6.257,52.509&radius=10000&lang=${language}`, { colorScheme: scheme }, async (page) => {
          await drawn(page);
          await axe(page);
          await picture(page, `embed-${language}-${scheme}`);
          await openForm(page);
          await page.locator('.show').first().click();
          await page.waitForSelector('.leaflet-popup');
          await page.waitForTimeout(400); // until it has faded in: what is half transparent has half the contrast
          await axe(page);
          await picture(page, `embed-${language}-${scheme}-popup`);
        }));
    }
  }

  await check('/embed shows the same places in the list and on the map, and says of coarse ones that they are', () =>
    visit('/embed', {}, async (page) => {
      await drawn(page);
      const seen = await page.evaluate(() => {
        const all = [...document.querySelectorAll('#lijst li')];
        const located = all.filter((item) => item.dataset.lon);
        const exact = located.filter((item) => !item.dataset.radius).map((item) => item.dataset.title).sort();
        const labels = [...document.querySelectorAll('#vlak .pin')].map((pin) => pin.getAttribute('aria-label'));
        const counts = [...document.querySelectorAll('#vlak .pin b')].map((count) => Number(count.textContent));
        const single = [...document.querySelectorAll('#vlak .pin:not(:has(b))')].length;
        const silent = located.filter((item) => item.dataset.radius && !/bij benadering/.test(item.textContent)).length;
        const roles = new Set([...document.querySelectorAll('#vlak .pin')].map((pin) => pin.getAttribute('role')));
        return { all: all.length, located: located.length, missing: exact.filter((title) => !labels.includes(title)), onMap: single + counts.reduce((a, b) => a + b, 0), shared: counts.length, silent, circles: document.querySelectorAll('#vlak path.within').length, pins: labels.length, exact: exact.length, roles: [...roles].join() };
      });
      expect(seen.all > 200 && seen.located > 200, JSON.stringify(seen));
      equal(seen.onMap, seen.located, 'places on the map');
      equal(seen.missing.join(), '', 'places at their address without a marker');
      equal(seen.silent, 0, 'coarse places of which the list does not say so');
      equal(seen.circles, seen.pins - seen.exact, 'dashed circles');
      equal(seen.roles, 'button', 'roles of markers');
      expect(seen.shared > 0, 'no circle with a number');
    }));

  for (const width of [320, 360, 768]) {
    await check(`/embed does not scroll sideways at ${width} px`, () =>
      visit(`${DALFSEN}&near=6.257,52.509`, { viewport: { width, height: 640 } }, async (page) => {
        await drawn(page);
        await openForm(page);
        await noSidewaysScroll(page);
        await picture(page, `embed-${width}`, true);
        await page.locator('.pin').first().press('Enter');
        await page.waitForSelector('.leaflet-popup');
        await noSidewaysScroll(page);
        await page.waitForTimeout(600); // until the map has moved for it
        const [map, popup] = [await page.locator('#vlak').boundingBox(), await page.locator('.leaflet-popup').boundingBox()];
        expect(popup.x >= map.x && popup.y >= map.y && popup.x + popup.width <= map.x + map.width, `popup ${JSON.stringify(popup)} on map ${JSON.stringify(map)}`);
        await picture(page, `embed-${width}-popup`);
      }));
  }

  await check('/embed stays whole when text is twice as large and spaced as WCAG 1.4.12 asks', () =>
    visit(DALFSEN, { viewport: { width: 640, height: 800 } }, async (page) => {
      await drawn(page);
      await openForm(page);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('html { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
      });
      await noSidewaysScroll(page);
      await picture(page, 'embed-200', true);
    }));

  await check('/embed is filtered without a new page, as the API answers, and the choice can be cleared', () =>
    visit(DALFSEN, {}, async (page) => {
      await drawn(page);
      await page.evaluate(() => { window.same = true; });
      await openForm(page);
      await page.locator('#municipality').selectOption('');
      await page.locator('#kind').selectOption('KULTURHUS');
      await page.locator('#facility').selectOption('BIBLIOTHEEK');
      await page.locator('#keuze button').click();
      await page.waitForURL(/kind=KULTURHUS/);
      equal(await page.evaluate(() => window.same), true, 'the page is the same');
      const wanted = await api({ kinds: ['KULTURHUS'], facilities: { any: ['BIBLIOTHEEK'] } });
      equal(await listed(page), wanted, 'places');
      equal(await focused(page), 'uitkomst', 'focus after choosing');
      expect(/niet bekend of/.test(await page.locator('#uitkomst').innerText()), await page.locator('#uitkomst').innerText());
      equal(await page.locator('#kind').inputValue(), 'KULTURHUS', 'the choice is still chosen');
      equal(await page.locator('#keuze').getAttribute('open'), '', 'the form stays open');
      expect((await pins(page).count()) <= (await items(page).count()), 'markers of before are left');
      await picture(page, 'embed-filtered');
      await page.locator('#uitkomst a[data-load]').click();
      await page.waitForFunction(() => document.querySelectorAll('#lijst li').length > 200);
      equal(await page.evaluate(() => window.same), true, 'the page is the same after clearing');
    }));

  await check('/embed a click on the map tells distances from a point that leaves rounded', () =>
    visit(DALFSEN, {}, async (page) => {
      await drawn(page);
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      const area = await page.locator('#vlak').boundingBox();
      const before = await listed(page);
      await page.mouse.click(area.x + area.width * 0.52, area.y + area.height * 0.31);
      await page.waitForURL(/near=/);
      const near = new URL(page.url()).searchParams.get('near');
      expect(/^\d\.\d{3},\d\d\.\d{3}$/.test(near), near);
      expect(asked.length === 1 && !/\d\.\d{4}/.test(decodeURIComponent(asked[0])), `asked ${asked}`);
      equal(await listed(page), before, 'places: a point without a limit leaves none out');
      const told = await page.locator('#lijst .kind b').allInnerTexts();
      equal(told.length, await items(page).count(), 'places with a distance');
      const metres = told.map((text) => {
        const [, number, unit] = /([\d,]+) (k?m)/.exec(text);
        return Number(number.replace(',', '.')) * (unit === 'km' ? 1000 : 1);
      });
      expect(metres.every((distance, index) => index === 0 || distance >= metres[index - 1]), metres.join());
      expect(told.some((text) => /ongeveer .*schelen/.test(text)), 'a coarse place is as sure as others');
      expect(/afgerond op zo’n 100 meter/.test(await page.locator('#uitkomst').innerText()), 'the rounding is not told');
      equal(await page.locator('#vlak .picked').count(), 1, 'points on the map');
      await picture(page, 'embed-picked');
      await openForm(page);
      await page.locator('#near').fill(`${near.split(',')[0]}4,${near.split(',')[1]}1`); // finer than it may leave
      await page.locator('#radius').selectOption('5000');
      await page.locator('#keuze button').click();
      await page.waitForURL(/radius=5000/);
      expect(!asked.some((url) => /\d\.\d{4}/.test(decodeURIComponent(url))), `asked ${asked}`);
      const [lon, lat] = near.split(',').map(Number);
      equal(await listed(page), await api({ and: [{ within: { municipalities: ['GM0148'] } }, { within: { circle: { center: { wgs84: { lon, lat } }, radius: 5000 } } }] }), 'places within 5 km');
      await page.locator('#uitkomst p:last-child a').click();
      await page.waitForURL((url) => !url.searchParams.get('near'));
      equal(await page.locator('#vlak .picked').count(), 0, 'points after clearing');
    }));

  await check('/embed leads from a marker to the list and back', () =>
    visit(DALFSEN, {}, async (page) => {
      await drawn(page);
      await page.locator('.pin[aria-label^="Kulturhus De Spil"]').click();
      const popup = page.locator('.leaflet-popup');
      await popup.waitFor();
      const told = await popup.innerText();
      for (const fact of ['Kulturhus De Spil', 'Kon. Julianalaan 10', 'in gebruik']) expect(told.includes(fact), `${fact} is not in: ${told}`);
      equal(await popup.getAttribute('role'), 'dialog', 'role');
      expect((await focused(page)).includes('leaflet-popup'), 'the popup has no focus');
      await popup.getByRole('button', { name: 'Toon in de lijst' }).click();
      equal(await page.evaluate(() => document.activeElement.querySelector('h2')?.textContent), 'Kulturhus De Spil', 'focus in the list');
      await page.locator('#lijst li:focus .show').click();
      await popup.waitFor();
      await page.keyboard.press('Escape');
      expect((await page.evaluate(() => document.activeElement.getAttribute('aria-label'))).startsWith('Kulturhus De Spil'), 'Escape does not lead back to the marker');
    }));

  await check('/embed is used by keyboard alone', () =>
    visit(DALFSEN, {}, async (page) => {
      await drawn(page);
      await page.keyboard.press('Tab');
      equal(await page.evaluate(() => document.activeElement.hash), '#kaart', 'first stop');
      await page.keyboard.press('Enter');
      equal(await focused(page), 'kaart', 'where the link to the map leads');
      await page.keyboard.press('Tab'); // to the list again
      equal(await page.evaluate(() => document.activeElement.hash), '#lijst', 'the stop before the map');
      await page.keyboard.press('Tab');
      equal(await page.evaluate(() => document.activeElement.id), 'vlak', 'the map');
      equal(await page.locator('#vlak').evaluate((box) => getComputedStyle(box).outlineWidth), '3px', 'outline of the map');
      const where = () => page.locator('.pin').first().boundingBox();
      const before = await where();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(500);
      expect((await where()).x < before.x - 40, 'the arrow does not move the map');
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(500);
      let stops = 0;
      while (!(await page.evaluate(() => document.activeElement.classList.contains('pin')))) {
        await page.keyboard.press('Tab');
        expect((stops += 1) < 10, 'no marker is reached');
      }
      equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth), '3px', 'outline of a marker');
      const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      await page.keyboard.press('Enter');
      await page.waitForSelector('.leaflet-popup');
      await page.keyboard.press('Tab');
      equal(await page.evaluate(() => document.activeElement.textContent), 'Toon in de lijst', 'the stop in a popup');
      await page.keyboard.press('Escape');
      equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), name, 'focus after Escape');
      while ((await page.evaluate(() => document.activeElement.id)) !== 'midden') {
        await page.keyboard.press('Tab');
        expect((stops += 1) < 30, 'the button below the map is not reached');
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/near=/);
      expect(await page.evaluate(() => Boolean(document.activeElement.closest('#middelpunt'))), 'the focus is lost after picking a point');
    }));

  await check('/embed moves without motion where that is asked for', () =>
    visit(DALFSEN, { reducedMotion: 'reduce' }, async (page) => {
      await drawn(page);
      await page.locator('#vlak').focus();
      const before = (await page.locator('.pin').first().boundingBox()).x;
      await page.keyboard.press('ArrowRight');
      const after = (await page.locator('.pin').first().boundingBox()).x;
      await page.waitForTimeout(400);
      const later = (await page.locator('.pin').first().boundingBox()).x;
      expect(after < before && after === later, `${before}, ${after}, ${later}`);
    }));

  await check('/embed works without JavaScript: form, distances, a picture of the map', () =>
    visit(DALFSEN, { javaScriptEnabled: false }, async (page) => {
      equal(await items(page).count(), 5, 'places');
      expect(await page.locator('#kaart img').isVisible(), 'no picture');
      equal(await page.locator('#vlak:visible, #middelpunt:visible, .show:visible').count(), 0, 'things that need a script');
      await page.locator('#keuze summary').click();
      await page.locator('#near').fill('6.2571, 52.5089');
      await page.locator('#radius').selectOption('5000');
      await Promise.all([page.waitForURL(/radius=5000/), page.locator('#keuze button').click()]);
      equal(await page.locator('#near').inputValue(), '6.257,52.509', 'the point, rounded');
      equal(await listed(page), await api({ and: [{ within: { municipalities: ['GM0148'] } }, { within: { circle: { center: { wgs84: { lon: 6.257, lat: 52.509 } }, radius: 5000 } } }] }), 'places');
      equal((await page.locator('#lijst .kind b').allInnerTexts()).length, await items(page).count(), 'distances');
      await picture(page, 'embed-no-script', true);
    }));

  await check('/embed prints: the whole list and its sources in black on white, with the map and no form', () =>
    visit(DALFSEN, { colorScheme: 'dark' }, async (page) => {
      await drawn(page);
      await page.emulateMedia({ media: 'print' });
      const style = await page.evaluate(() => ({
        ink: getComputedStyle(document.body).color,
        paper: getComputedStyle(document.body).backgroundColor,
        form: getComputedStyle(document.getElementById('keuze')).display,
        map: getComputedStyle(document.getElementById('vlak')).display,
        source: document.getElementById('bron').getClientRects().length,
        places: [...document.querySelectorAll('#lijst li')].filter((item) => item.getClientRects().length).length,
      }));
      equal(JSON.stringify(style), JSON.stringify({ ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', form: 'none', map: 'block', source: 1, places: 5 }), 'print style');
      if (pictures) await page.pdf({ path: join(pictures, 'embed-nl.pdf'), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
    }));

  await check('/embed?basemap=brt asks PDOK for pictures and nobody for anything else', async () => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
    const page = await context.newPage();
    const troubles = [];
    const hosts = new Set();
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await context.route((url) => url.origin !== base, (route) => {
      const url = new URL(route.request().url());
      hosts.add(`${url.origin} ${route.request().resourceType()} ${route.request().headers().referer ?? 'no referrer'}`);
      expect(/^\/brt\/achtergrondkaart\/wmts\/v2_0\/grijs\/EPSG:3857\/\d+\/\d+\/\d+\.png$/.test(url.pathname), url.pathname);
      return route.fulfill({ contentType: 'image/png', body: PIXEL });
    });
    try {
      await page.goto(`${base}${DALFSEN}&basemap=brt`, { waitUntil: 'load' });
      await drawn(page);
      await page.locator('.leaflet-control-zoom-in').click();
      await page.locator('.leaflet-control-zoom-in').click();
      await page.locator('#vlak').press('ArrowLeft');
      await page.waitForLoadState('networkidle');
      equal([...hosts].join(), 'https://service.pdok.nl image no referrer', 'who is asked for what');
      expect((await page.locator('#bron').innerText()).includes('PDOK'), 'PDOK is not named');
      equal(troubles.join('\n'), '', 'console');
    } finally {
      await context.close();
    }
  });

  // Inside another site, by the snippet that the maker writes

  await check('/data leads to the snippet of what is chosen there', () =>
    visit('/data', {}, async (page) => {
      await page.locator('#maker-municipality').selectOption('GM0148');
      await Promise.all([page.waitForURL(/embed\/maker\?.*municipality=GM0148/), page.locator('.insert button').click()]);
      expect((await page.locator('textarea').inputValue()).includes('municipality=GM0148'), 'the snippet is not that of the choice');
    }));

  await check('/embed works in the frame that the maker writes, on a page of another origin', async () => {
    const asking = await browser.newContext({ javaScriptEnabled: false });
    const maker = await asking.newPage();
    await maker.goto(`${base}/embed/maker`);
    await maker.locator('#municipality').selectOption('GM0148');
    await maker.getByLabel(/Kulturhus \(/).check();
    await maker.getByLabel(/Wijkcentrum \(/).check();
    await maker.getByLabel('Bezoekers mogen hun eigen locatie gebruiken').check();
    await Promise.all([maker.waitForURL(/municipality=GM0148/), maker.locator('.maker button').click()]);
    const snippet = await maker.locator('textarea').inputValue();
    await asking.close();
    expect(snippet.includes(`src="${base}/embed?kind=KULTURHUS,WIJKCENTRUM&amp;lang=nl&amp;municipality=GM0148"`), snippet);
    expect(snippet.includes(' allow="geolocation"></iframe>'), snippet);
    expect(/ title="[^"]+"/.test(snippet) && /loading="lazy"/.test(snippet) && /sandbox="/.test(snippet), snippet);

    const site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="nl"><title>Een gemeente</title><link rel="icon" href="data:,"><h1>Een gemeente</h1>${snippet}`);
    });
    await new Promise((ready) => site.listen(0, '127.0.0.1', ready));
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, permissions: ['geolocation'], geolocation: { longitude: 6.2571234, latitude: 52.5091234 } });
    const page = await context.newPage();
    const troubles = [];
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    try {
      await page.goto(`http://127.0.0.1:${site.address().port}/`, { waitUntil: 'networkidle' });
      const frame = page.frames().find((candidate) => candidate.url().startsWith(base));
      await drawn(frame);
      equal(await items(frame).count(), 5, 'places in the frame');
      equal(await frame.evaluate(() => window.origin), 'null', 'origin of the frame');
      // Where the visitor is: to some 100 metres, and nearest first.
      await frame.locator('#hier').click();
      await frame.waitForFunction(() => document.querySelector('#lijst .kind b'));
      equal(await frame.locator('#near').inputValue(), '6.257,52.509', 'the point that leaves the browser');
      await frame.evaluate(() => { document.getElementById('near').value = ''; });
      await frame.evaluate(() => { window.same = true; document.getElementById('keuze').open = true; });
      await frame.locator('#municipality').selectOption('GM0193');
      await frame.locator('#keuze button').click();
      await frame.waitForFunction(() => document.querySelector('h1').textContent.includes('Zwolle'));
      equal(await frame.evaluate(() => window.same), true, 'the frame was not loaded again');
      equal(await listed(frame), await api({ kinds: ['KULTURHUS', 'WIJKCENTRUM'], within: { municipalities: ['GM0193'] } }), 'places of Zwolle');
      await picture(page, 'embed-framed');
      const [opened] = await Promise.all([context.waitForEvent('page'), frame.locator('#lijst h2 a').first().click()]);
      await opened.waitForLoadState();
      expect(opened.url().startsWith(`${base}/place/`), opened.url());
      equal(await opened.evaluate(() => window.opener), null, 'the page that was opened knows who opened it');
      equal(troubles.join('\n'), '', 'console');
    } finally {
      await context.close();
      site.close();
    }
  });

  await check('a frame that is laid out without a size fits its map when it gets one', async () => {
    const frame = (scheme) => `<iframe src="${base}${DALFSEN}" title="${scheme}" width="700" height="500"></iframe>`;
    const site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="nl"><title>Een gemeente</title><link rel="icon" href="data:,">
        <details><summary>Kaart</summary>${frame('details')}</details><div id="tab" hidden>${frame('tab')}</div>`);
    });
    await new Promise((ready) => site.listen(0, '127.0.0.1', ready));
    const context = await browser.newContext({ viewport: { width: 1000, height: 1400 } });
    const page = await context.newPage();
    try {
      await page.goto(`http://127.0.0.1:${site.address().port}/`, { waitUntil: 'networkidle' });
      const frames = page.frames().filter((candidate) => candidate.url().startsWith(base));
      equal(frames.length, 2, 'frames');
      await page.evaluate(() => {
        document.querySelector('details').open = true;
        document.getElementById('tab').hidden = false;
      });
      for (const frame of frames) {
        await drawn(frame);
        await frame.waitForFunction(() => {
          const box = document.getElementById('vlak').getBoundingClientRect();
          const pins = [...document.querySelectorAll('#vlak .pin')].map((pin) => pin.getBoundingClientRect());
          const isSeen = (pin) => pin.left >= box.left && pin.right <= box.right && pin.top >= box.top && pin.bottom <= box.bottom;
          return pins.length === 5 && pins.every(isSeen);
        }, undefined, { timeout: 5000 });
      }
      await picture(page, 'embed-shown-later');
    } finally {
      await context.close();
      site.close();
    }
  });

  for (const [path, language] of [['/embed/maker', 'nl'], ['/en/embed/maker', 'en']]) {
    for (const scheme of ['light', 'dark']) {
      await check(`${path} has no axe violation (${scheme}), and shows what it writes`, () =>
        visit(`${path}?municipality=GM0148&kind=KULTURHUS`, { colorScheme: scheme }, async (page) => {
          equal(await page.locator('html').getAttribute('lang'), language, 'lang');
          await page.locator('.preview').scrollIntoViewIfNeeded();
          await page.frameLocator('.preview').locator('#lijst li').first().waitFor();
          await axe(page);
          await picture(page, `maker-${language}-${scheme}`, true);
        }));
    }
    await check(`${path} does not scroll sideways at 320 px`, () =>
      visit(path, { viewport: { width: 320, height: 700 } }, async (page) => {
        await noSidewaysScroll(page);
        await picture(page, `maker-${language}-320`, true);
      }));
  }
}
