// Bundles the explorer into ../assets/explorer: explorer.js, explorer.css, LICENSES.txt and the table in README.md.
// The served page needs none of this; run it only to change or update the explorer.
import { build } from 'esbuild';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'assets', 'explorer');

// GraphiQL brings 330 KB of web fonts inside its style sheet; system fonts read as well.
const withoutFonts = {
  name: 'without-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

const { metafile } = await build({
  entryPoints: { explorer: join(here, 'main.jsx') },
  outdir: out,
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  legalComments: 'none', // every licence is in LICENSES.txt in full
  define: { 'process.env.NODE_ENV': '"production"' },
  // Writes <style> elements at run time, which the content security policy forbids; all it would do is stop the page
  // behind an open dialog from scrolling, and this page does not scroll.
  alias: { 'react-style-singleton': join(here, 'no-style-elements.js') },
  plugins: [withoutFonts],
  metafile: true,
});

const packages = new Map();
for (const input of Object.keys(metafile.inputs)) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (!match) continue;
  const folder = join(here, match[1]);
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  packages.set(`${name}@${version}`, { name, version, license, folder });
}
const sorted = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const texts = [];
for (const { name, version, license, folder } of sorted) {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const bodies = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  texts.push(`${name} ${version} (${license})\n\n${bodies.join('\n').trim() || `The package carries no licence file; its package.json says ${license}.`}\n`);
}
await writeFile(join(out, 'LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`).replace(/\r\n/g, '\n').replace(/[ \t]+$/gm, ''));

const readme = join(out, 'README.md');
const table = ['| package | version | licence |', '|---|---|---|', ...sorted.map((p) => `| ${p.name} | ${p.version} | ${p.license} |`)].join('\n');
const before = await readFile(readme, 'utf8');
await writeFile(readme, before.replace(/(<!-- packages -->\n)[^]*(<!-- \/packages -->)/, `$1${table}\n$2`));
