// Temml behind one function: TeX in, MathML Core out, both as plain strings.

import temml from '../node_modules/temml/dist/temml.mjs';

const OPTIONS = { throwOnError: true, annotate: false, wrap: 'none', xml: true, maxExpand: 1000 };

// What MathJax knows and Temml does not, as far as it can be said in other words;
// and \prescript, whose scripts it confuses.
const MACROS = {
  '\\DeclareMathOperator': '\\def#1{\\operatorname{#2}}',
  '\\centernot': '\\not{#1}',
  '\\celsius': '{}^{\\circ}\\mathrm{C}',
  '\\cramped': '{#1}',
  '\\mathbfit': '\\boldsymbol{#1}',
  '\\mathmbox': '{#1}',
  '\\mathup': '\\mathrm{#1}',
  '\\mbox': '\\text{#1}',
  '\\micro': '\\mathrm{\\mu}',
  '\\ohm': '\\Omega',
  '\\perthousand': '\\text{\u2030}',
  '\\prescript': '{}^{#1}_{#2}{#3}',
  '\\strut': '\\vphantom{(}',
};

// Gives JSON: {mathml} or {message, position} with the position from 0 or null.
function convert(tex, display) {
  try {
    const options = { ...OPTIONS, displayMode: display, macros: { ...MACROS } };
    return JSON.stringify({ mathml: temml.renderToString(tex, options) });
  } catch (error) {
    if (error instanceof temml.ParseError) {
      const position = Number.isInteger(error.position) ? error.position : null;
      return JSON.stringify({ message: error.message, position });
    }
    throw error;
  }
}

globalThis.dlexport = Object.assign(globalThis.dlexport ?? {}, { mathml: convert });
