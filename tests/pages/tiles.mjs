// MapLibre GL on a page of another site shows our tiles: places at their points, areas with their columns. Called by run.mjs with what it tests by.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const library = fileURLToPath(new URL('node_modules/maplibre-gl/dist', import.meta.url));

/** The page of docs/maps.md, in a map of its own size. */
const page = (base) => `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Kaart</title>
<link rel="stylesheet" href="/maplibre-gl.css"><style>body { margin: 0 } #map { width: 800px; height: 600px }</style></head><body><div id="map"></div>
<script type="module">
  import * as maplibregl from '/maplibre-gl.mjs';
  const map = new maplibregl.Map({
    container: 'map', center: [6.4, 52.45], zoom: 9, attributionControl: false,
    style: {
      version: 8,
      sources: {
        areas: { type: 'vector', url: '${base}/tiles/municipalities' },
        places: { type: 'vector', url: '${base}/tiles/places?kind=mfa,kulturhus' },
      },
      layers: [
        { id: 'areas', type: 'fill', source: 'areas', 'source-layer': 'municipalities', paint: { 'fill-color': '#00ff00' } },
        { id: 'places', type: 'circle', source: 'places', 'source-layer': 'places', paint: { 'circle-color': '#ff0000', 'circle-radius': 5 } },
      ],
    },
  });
  window.faults = [];
  map.on('error', ({ error }) => window.faults.push(String(error)));
  map.once('idle', () => { window.shown = map; });
</script></body></html>`;

export async function testTiles({ base, check, equal, expect, environment }) {
  const site = createServer((request, response) => {
    const name = basename(request.url.split('?')[0]);
    if (!name) return response.setHeader('content-type', 'text/html').end(page(base));
    response.setHeader('content-type', name.endsWith('.css') ? 'text/css' : 'text/javascript');
    return createReadStream(join(library, name)).on('error', () => response.writeHead(404).end()).pipe(response);
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  // WebGL without a graphics card.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: environment,
  });
  try {
    await check('MapLibre GL shows our tiles on a page of another site', async () => {
      const tab = await browser.newPage({ viewport: { width: 800, height: 600 } });
      tab.setDefaultTimeout(60_000);
      await tab.goto(`http://127.0.0.1:${site.address().port}/`);
      await tab.waitForFunction(() => window.shown || window.faults?.length);
      equal(JSON.stringify(await tab.evaluate(() => window.faults)), '[]', 'faults of MapLibre');
      const answer = await fetch(`${base}/ogc/collections/places/items?limit=1000`);
      const features = (await answer.json()).features.filter(({ geometry, properties }) => geometry && ['MFA', 'KULTURHUS'].includes(properties.kind));
      const seen = await tab.evaluate((features) => {
        const at = (feature) => window.shown.project(feature.geometry.coordinates);
        const inside = features.filter((feature) => { const { x, y } = at(feature); return x > 10 && x < 790 && y > 10 && y < 590; });
        const missed = inside.filter((feature) => {
          const { x, y } = at(feature);
          const drawn = window.shown.queryRenderedFeatures([[x - 3, y - 3], [x + 3, y + 3]], { layers: ['places'] });
          return !drawn.some(({ properties }) => properties.id === feature.properties.id || properties.name === feature.properties.name);
        });
        const under = window.shown.queryRenderedFeatures(window.shown.project([6.25, 52.51]), { layers: ['areas'] });
        return { inside: inside.length, missed: missed.map(({ properties }) => properties.name), area: under.map(({ properties }) => properties.name) };
      }, features);
      expect(seen.inside > 20, `only ${seen.inside} places are in sight`);
      equal(seen.missed.join(', '), '', 'places that are not drawn at their point');
      equal(seen.area.join(), 'Dalfsen', 'the area under Dalfsen');
      // And it is painted: red on green.
      const picture = (await tab.locator('#map').screenshot()).toString('base64');
      const painted = await tab.evaluate(async (picture) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        const count = (is) => { let found = 0; for (let i = 0; i < data.length; i += 4) found += is(data[i], data[i + 1]) ? 1 : 0; return found; };
        return { red: count((red, green) => red > 200 && green < 60), green: count((red, green) => green > 200 && red < 60) };
      }, picture);
      expect(painted.green > 50_000 && painted.red > 20 * 20, JSON.stringify(painted));
    });
  } finally {
    await browser.close();
    site.close();
  }
}
