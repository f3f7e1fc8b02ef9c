// Copies Leaflet into ../assets/leaflet: leaflet.js and leaflet.css as they are published, but for what would load more files, and LICENSE.
// The served page needs none of this; run it only to update the library.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, 'node_modules', 'leaflet');
const out = join(here, '..', 'assets', 'leaflet');
const read = (path) => readFile(join(from, path), 'utf8');
const { version, license } = JSON.parse(await read('package.json'));

const script = (await read('dist/leaflet.js')).replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
await writeFile(join(out, 'leaflet.js'), script);

// Pictures of a button and a marker that the map does not have, and what Internet Explorer 8 needed.
const style = (await read('dist/leaflet.css')).replace(/^[ \t]*(background-image|behavior): url\([^)]*\);\r?\n/gm, '').replace(/\r\n/g, '\n');
if (style.includes('url(')) throw new Error('leaflet.css loads more files than this script knows of');
await writeFile(join(out, 'leaflet.css'), `/* Leaflet ${version} (${license}): see leaflet-licence.txt */\n${style}`);

await writeFile(join(out, 'LICENSE'), await read('LICENSE'));
