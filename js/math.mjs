// Bundles MathJax, its rarer glyphs and Temml into plain scripts that run in a
// bare JavaScript engine (no modules, no DOM, no timers, no file access), and
// Temml's style sheet.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, '../node_modules');
const GLYPHS = join(MODULES, '@mathjax/mathjax-newcm-font/mjs/svg/dynamic');
const STYLE = join(MODULES, 'temml/dist/Temml-Local.css');

// Scripts that need shaping (a text font draws them better), and sets that no
// formula uses. Their letters fall back to an SVG <text> element.
const LEFT_OUT = [
  'arabic', 'braille', 'braille-d', 'cherokee', 'devanagari', 'hebrew',
  'monospace-ex', 'phonetics', 'phonetics-ss',
];

const SETTINGS = {
  bundle: true,
  charset: 'ascii',
  format: 'iife',
  legalComments: 'inline',
  logLevel: 'warning',
  minify: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2022',
};

// A glyph file imports the font class; it must be the one mathjax.js already has.
const SHARED_FONT = {
  name: 'shared-font',
  setup(script) {
    script.onResolve({ filter: /\/svg\.js$/ }, () => ({ path: 'font', namespace: 'shared' }));
    script.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
      contents: 'export const MathJaxNewcmFont = globalThis.dlexport.font;',
    }));
  },
};

async function glyphFiles() {
  const names = (await readdir(GLYPHS)).filter((name) => name.endsWith('.js'));
  const unknown = LEFT_OUT.filter((name) => !names.includes(`${name}.js`));
  if (unknown.length) throw new Error(`no such glyph files: ${unknown.join(', ')}`);
  return names.filter((name) => !LEFT_OUT.includes(basename(name, '.js'))).sort();
}

// What is taken out of Temml's sheet, or put into it: our math font stands in for fonts
// of the system (and has the letters of Temml's little script font); EPUB forbids the
// property `direction` and takes the address of \cancelto's arrow for a bad one; numbers
// of equations are the author's business.
const CHANGES = [
  [/\/\*\s*Temml\.woff2[^]*?@font-face \{[^}]*\}\s*/, ''],
  [/"Cambria Math", [^;]*;/, '"STIX Two Math", math;'],
  [/math \.mathscr \{[^}]*\}\s*/, ''],
  [/mo\.tml-prime \{[^}]*\}\s*/g, ''],
  [/ *direction: ltr;\n/, ''],
  [/\.tml-cancelto \{[^]*?\n\}\n/, ''],
  [/\/\* AMS environment auto-numbering[^]*$/, ''],
];

async function styleSheet() {
  let sheet = await readFile(STYLE, 'utf8');
  for (const [pattern, instead] of CHANGES) {
    if (sheet.search(pattern) < 0) throw new Error(`${STYLE} has nothing like ${pattern}`);
    sheet = sheet.replace(pattern, instead);
  }
  return sheet;
}

/** Writes mathjax.js, temml.js, temml.css and glyphs/*.js into `folder`. */
export async function bundleMath(folder) {
  for (const name of ['mathjax', 'temml']) {
    const entryPoints = [join(HERE, `${name}.entry.mjs`)];
    await build({ ...SETTINGS, entryPoints, outfile: join(folder, `${name}.js`) });
  }
  const entryPoints = (await glyphFiles()).map((name) => join(GLYPHS, name));
  const outdir = join(folder, 'glyphs');
  await build({ ...SETTINGS, entryPoints, outdir, plugins: [SHARED_FONT] });
  await writeFile(join(folder, 'temml.css'), await styleSheet());
}
