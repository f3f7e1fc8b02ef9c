// What pages tell machines, judged by structured-data-testing-tool: tags for who shares them (Open Graph), and schema.org where there is something
// to tell. Called by run.mjs with what it tests by.
import tool from 'structured-data-testing-tool';
import presets from 'structured-data-testing-tool/presets.js';

const { structuredDataTestHtml } = tool;

/** Each page, with the types of schema.org that it has to have. */
const PAGES = [
  ['/', []], ['/en', []], ['/places', []], ['/search?text=dalfsen', []], ['/agenda', []], ['/changes', []], ['/data', []], ['/examples', []],
  ['/gaps', []], ['/ogc', []], ['/ogc/collections/places/items', []], ['/privacy', []], ['/map/maker', []], ['/embed/maker', []], ['/settlement/oldemarkt', []], ['/municipality/dalfsen', []],
  ['/place/kulturhus-trefkoele-dalfsen', ['CivicStructure']], ['/en/place/kulturhus-trefkoele-dalfsen', ['CivicStructure']],
];

export async function testStructured({ base, check, expect }) {
  for (const [path, types] of PAGES) {
    await check(`${path} tells machines what structured-data-testing-tool asks`, async () => {
      const html = await (await fetch(base + path, { headers: { accept: 'text/html' } })).text();
      const told = await structuredDataTestHtml(html, { presets: [presets.Facebook], schemas: types.map((type) => `jsonld:${type}`) }).catch((error) => error.res ?? Promise.reject(error));
      const faults = told.failed.map(({ test, description, error }) => `${description ?? test}: ${JSON.stringify(error ?? '')}`);
      expect(faults.length === 0, faults.join('\n'));
      expect(told.passed.length >= 4 + types.length, `only ${told.passed.length} things were judged`);
    });
  }
}
