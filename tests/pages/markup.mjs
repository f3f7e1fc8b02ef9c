// The markup of the pages, judged by the Nu Html Checker, which is what validator.w3.org runs. Called by run.mjs with what it tests by.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PAGES = [
  '/', '/en', '/?kind=dorpshuis&municipality=GM0148', '/?nope=1', '/places', '/en/places?postcode=7721',
  '/search', '/search?text=dalfsen', '/en/search?text=qqqq', '/settlement/oldemarkt', '/en/settlement/deventer',
  '/agenda', '/en/agenda?week=2027-01-04&weekday=mo', '/agenda?on=nooit', '/changes', '/en/changes', '/data', '/en/data',
  '/map/maker', '/en/map/maker?municipality=GM0148&coverage=2000',
  '/examples', '/en/examples',
  '/ogc', '/ogc?lang=en', '/ogc/api', '/ogc/conformance', '/ogc/collections', '/ogc/collections/places', '/ogc/collections/places/queryables?lang=en', '/ogc/collections/places/schema',
  '/ogc/collections/places/items?limit=20&offset=20', '/ogc/collections/places/items/place:kulturhus-trefkoele-dalfsen?lang=en', '/ogc/collections/survey/items', '/ogc/collections/nope',
  '/place/kulturhus-trefkoele-dalfsen', '/en/place/kulturhus-trefkoele-dalfsen', '/place/nope',
  '/municipality/dalfsen', '/en/municipality/zwolle',
  '/gaps', '/en/gaps?municipality=GM0148', '/privacy', '/en/privacy', '/graphiql', '/nope', '/en/nope',
  '/embed', '/embed?municipality=GM0148&lang=en&near=6.257,52.509&radius=5000', '/embed?nope=1', '/embed?basemap=brt', '/embed?accent=7a1f5c&font=serif&postcode=7721',
  '/embed/maker', '/en/embed/maker?municipality=GM0148',
];

export async function testMarkup({ base, browser, check, equal, expect }) {
  await check('every page, and the snippet for other sites, passes the Nu Html Checker', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'noaber-markup-'));
    try {
      const files = new Map();
      const keep = async (name, html) => {
        const file = join(folder, `${files.size}.html`);
        files.set(file, name);
        await writeFile(file, html);
      };
      for (const path of PAGES) {
        const answer = await fetch(base + path, { headers: { accept: 'text/html' } });
        expect(/^text\/html/.test(answer.headers.get('content-type')), `${path} is ${answer.headers.get('content-type')}`);
        await keep(path, await answer.text());
      }
      const context = await browser.newContext();
      const maker = await context.newPage();
      await maker.goto(`${base}/embed/maker?municipality=GM0148`);
      const snippet = await maker.locator('textarea').inputValue();
      await context.close();
      await keep('the snippet', `<!doctype html><html lang="nl"><head><title>Een gemeente</title></head><body>${snippet}</body></html>`);

      const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
      const told = await new Promise((resolve, reject) => {
        execFile('java', ['-jar', jar, '--format', 'json', '--errors-only', ...files.keys()], { maxBuffer: 1 << 26 }, (error, out, said) =>
          said.startsWith('{') ? resolve(JSON.parse(said).messages) : reject(new Error(`java is needed: ${error?.message ?? said}`)));
      });
      const faults = told.map(({ url, message, extract }) => `${files.get(new URL(url).pathname)}: ${message} ${extract ?? ''}`);
      equal(faults.slice(0, 10).join('\n'), '', `${faults.length} faults`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
