// MathJax behind one function: TeX in, a clean SVG out, both as plain strings.

import './surroundings.mjs';
import { mathjax } from '@mathjax/src/mjs/mathjax.js';
import { TeX } from '@mathjax/src/mjs/input/tex.js';
import { SVG } from '@mathjax/src/mjs/output/svg.js';
import { liteAdaptor } from '@mathjax/src/mjs/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from '@mathjax/src/mjs/handlers/html.js';
import { MathJaxNewcmFont } from '@mathjax/mathjax-newcm-font/mjs/svg.js';
import { PACKAGES } from './packages.mjs';
import { simplify } from './simplify.mjs';
import { takeTag } from './tags.mjs';
import { placeOf } from './place.mjs';

const EM = 16; // pixels; only ratios of it come out
const EX = 8;
const NO_LIMIT = 1e6;
const MULTLINE = 24; // em; the width of `multline` where no other is given
const SHARE = 0.75; // and its share of the width that is

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

let wanted = []; // glyph files that the formula at hand asks for
let tag = null;

mathjax.asyncLoad = (path) => {
  wanted.push(path.replace(/^.*\//, '').replace(/\.js$/, ''));
};

const input = new TeX({
  packages: PACKAGES,
  maxBuffer: 64 * 1024,
  macros: { bm: ['\\boldsymbol{#1}', 1] },
  formatError: (_jax, error) => {
    throw error;
  },
});
input.postFilters.add(({ data }) => {
  tag = takeTag(data);
});
const output = new SVG({
  fontData: MathJaxNewcmFont,
  fontCache: 'none',
  linebreaks: { inline: false, width: '100%' },
});
const page = mathjax.document('', { InputJax: input, OutputJax: output });

// Every formula starts with the built-in macros only: the sandbox forgets what
// the one before defined.
const SANDBOX = '\\begingroupSandbox ';

function typeset(tex, display, width) {
  tag = null;
  input.reset();
  output.options.displayOverflow = width ? 'linebreak' : 'overflow';
  input.parseOptions.options.ams.multlineWidth = `${width ? SHARE * width : MULTLINE}em`;
  const box = page.convert(SANDBOX + tex, {
    display, em: EM, ex: EX, containerWidth: width ? width * EM : NO_LIMIT,
  });
  const svg = adaptor.firstChild(box);
  simplify(adaptor, svg);
  adaptor.setAttribute(svg, 'overflow', 'visible'); // \smash and \llap reach out of it
  return { svg: adaptor.serializeXML(svg), tag };
}

// MathJax tidies up its groups only after a formula without errors.
function leaveGroups() {
  input.parseOptions.packageData.get('begingroup').stack.finish();
}

// Gives JSON: {svg, tag}, or {wanted: [glyph files]} to load before a new try,
// or {message, position} with the position from 0 or null.
function draw(tex, display, width) {
  wanted = [];
  try {
    return JSON.stringify(typeset(tex, display, width));
  } catch (error) {
    leaveGroups();
    if (error.retry) return JSON.stringify({ wanted });
    if (!error.id) throw error;
    const position = placeOf(input.parseOptions, tex, error);
    return JSON.stringify({ message: error.message, position });
  }
}

globalThis.dlexport = Object.assign(globalThis.dlexport ?? {}, { draw, font: MathJaxNewcmFont });
