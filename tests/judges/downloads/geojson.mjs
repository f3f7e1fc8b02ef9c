// GeoJSON as check-geojson reads it, which is stricter than RFC 7946 needs: each file, and pages of OGC API Features.
import { check, getIssues } from '@placemarkio/check-geojson';
import { address, assert, judge } from '../report.mjs';

const at = address();
const PATHS = [
  ...['places', 'municipalities', 'settlements', 'neighbourhoods', 'activities', 'coverage'].map((name) => `/${name}.geojson`),
  '/places.geojson?municipality=dalfsen&kind=kulturhus', '/embed/ground.geojson',
  ...['places', 'settlements', 'policies'].map((name) => `/ogc/collections/${name}/items?limit=1000`),
];

for (const path of PATHS) {
  await judge(`check-geojson: ${path}`, async () => {
    const answer = await fetch(at + path);
    assert.equal(answer.status, 200);
    const text = await answer.text();
    const issues = getIssues(text);
    assert.equal(issues.length, 0, JSON.stringify(issues.slice(0, 3)));
    assert(check(text).features.length > 0, 'there is no feature');
  });
}

await judge('check-geojson notices a ring that is open', async () => {
  const area = await (await fetch(`${at}/municipalities.geojson`)).json();
  area.features[0].geometry.coordinates.flat(area.features[0].geometry.type === 'Polygon' ? 0 : 1)[0].pop();
  assert(getIssues(JSON.stringify(area)).length > 0);
});
