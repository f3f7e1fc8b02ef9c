// Vector tiles as others read them: @mapbox/vector-tile (what MapLibre is built on) and GDAL's driver MVT.
import { execFileSync } from 'node:child_process';
import { VectorTile } from '@mapbox/vector-tile';
import Pbf from 'pbf';
import { address, assert, judge } from '../report.mjs';

const at = address();
const bytes = async (path) => {
  const answer = await fetch(at + path);
  assert.equal(answer.status, 200, path);
  return new Uint8Array(await answer.arrayBuffer());
};
const layerOf = async (name, [zoom, column, row], asked = '') =>
  new VectorTile(new Pbf(await bytes(`/tiles/${name}/${zoom}/${column}/${row}.mvt${asked}`))).layers[name];
const features = (layer) => Array.from({ length: layer?.length ?? 0 }, (_, index) => layer.feature(index));

/** The tile of a point, and where in it the point is, by the formula of the standard. */
function placed(lon, lat, zoom) {
  const n = 2 ** zoom;
  const latitude = (lat * Math.PI) / 180;
  const x = ((lon + 180) / 360) * n;
  const y = ((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * n;
  return { tile: [zoom, Math.floor(x), Math.floor(y)], x: (x % 1) * 4096, y: (y % 1) * 4096 };
}

const items = await (await fetch(`${at}/ogc/collections/places/items?limit=1000`)).json();
const places = items.features.filter((place) => place.geometry);

for (const name of ['municipalities', 'settlements', 'neighbourhoods', 'coverage']) {
  const asked = name === 'coverage' ? '?distance=2000' : '';
  await judge(`polygons of ${name} are closed, wound and in their tile`, async () => {
    let rings = 0;
    for (const tile of [[8, 132, 83], [10, 530, 335], [12, 2120, 1342]]) {
      for (const feature of features(await layerOf(name, tile, asked)).filter(({ type }) => type === 3)) {
        let exterior = false;
        for (const ring of feature.loadGeometry()) {
          const [first, last] = [ring[0], ring.at(-1)];
          assert(ring.length >= 4 && first.x === last.x && first.y === last.y, `${name} ${tile}: a ring is open`);
          // Shoelace with y downwards: exterior rings are positive (MVT 2.1, 4.3.4.4).
          const area = ring.slice(1).reduce((sum, point, index) => sum + ring[index].x * point.y - point.x * ring[index].y, 0);
          assert(area !== 0 && (exterior || area > 0), `${name} ${tile}: a hole before its polygon`);
          exterior ||= area > 0;
          for (const { x, y } of ring) assert(x >= -256 && x <= 4352 && y >= -256 && y <= 4352, `${name} ${tile}: ${x} ${y}`);
          rings += 1;
        }
      }
    }
    assert(rings > 0, 'there is nothing to judge');
  });
}

await judge(`${places.length} places are each in the tile of their point, at it`, async () => {
  const tiles = new Map();
  for (const place of places) {
    const { tile, x, y } = placed(...place.geometry.coordinates, 14);
    const key = tile.join('/');
    if (!tiles.has(key)) tiles.set(key, features(await layerOf('places', tile)));
    const found = tiles.get(key).filter(({ properties }) => properties.id === place.id);
    assert.equal(found.length, 1, `${place.id} in ${key}`);
    const [[point]] = found[0].loadGeometry();
    assert(Math.abs(point.x - x) <= 0.51 && Math.abs(point.y - y) <= 0.51, `${place.id}: ${point.x} ${point.y}, not ${x} ${y}`);
    for (const [name, value] of Object.entries(found[0].properties)) {
      const own = name === 'id' ? place.id : place.properties[name];
      assert.equal(Array.isArray(own) ? own.join('|') : own, value, `${place.id} ${name}`);
    }
  }
});

await judge('a place at the edge of a tile is in its neighbour too', async () => {
  for (let zoom = 14; zoom <= 22; zoom += 1) {
    for (const place of places) {
      const { tile: [, column, row], x, y } = placed(...place.geometry.coordinates, zoom);
      if (x > 250 || x < 5 || y < 5 || y > 4091) continue;
      const there = features(await layerOf('places', [zoom, column - 1, row])).find(({ properties }) => properties.id === place.id);
      assert(there, `${place.id} ${zoom}`);
      const [[point]] = there.loadGeometry();
      assert(Math.abs(point.x - x - 4096) <= 0.51 && Math.abs(point.y - y) <= 0.51, `${place.id} ${point.x} ${point.y}`);
      return;
    }
  }
  assert.fail('no place lies at an edge');
});

await judge('GDAL reads tiles: fields, points and areas', async () => {
  const { tile } = placed(...places[0].geometry.coordinates, 10);
  const read = (name) =>
    execFileSync('ogrinfo', ['-ro', '-al', '-so', `MVT:${at}/tiles/${name}/${tile.join('/')}.mvt`, '-oo', 'CLIP=NO'], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
    });
  for (const [name, shape] of [['places', 'Point'], ['municipalities', 'Polygon']]) {
    const told = read(name);
    const known = features(await layerOf(name, tile)).length;
    assert.match(told, new RegExp(`Layer name: ${name}`));
    assert.match(told, new RegExp(`Geometry: (Multi )?${shape}`));
    assert.match(told, new RegExp(`Feature Count: ${known}\\b`));
    assert.match(told, /municipality|name: String/);
  }
});

await judge('TileJSON says where tiles are and what they have', async () => {
  for (const name of ['places', 'municipalities']) {
    const about = await (await fetch(`${at}/tiles/${name}`)).json();
    assert.equal(about.tilejson, '3.0.0');
    const [west, , , north] = about.bounds;
    const { tile: [zoom, column, row] } = placed((west + about.bounds[2]) / 2, (north + about.bounds[1]) / 2, about.minzoom + 8);
    const path = about.tiles[0].replace('{z}', zoom).replace('{x}', column).replace('{y}', row);
    const answer = await fetch(path);
    assert.equal(answer.headers.get('content-type'), 'application/vnd.mapbox-vector-tile');
    const fields = Object.keys(about.vector_layers[0].fields);
    const layer = new VectorTile(new Pbf(new Uint8Array(await answer.arrayBuffer()))).layers[about.vector_layers[0].id];
    for (const feature of features(layer)) {
      for (const field of Object.keys(feature.properties)) assert(fields.includes(field) || field === 'point_count', field);
    }
  }
});
