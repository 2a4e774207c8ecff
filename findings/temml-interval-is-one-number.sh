#!/usr/bin/env bash
# temml 0.13.5: an interval or a set of numbers without blanks, [0,1] or \{1,2,3\}, comes out as
# ONE MathML number, <mn>0,1</mn>; so does the index of a_{1,2}. With a letter, or with a blank
# after the comma, each number stands alone, as it does with KaTeX 0.16.22 in every case.
# It matters because it cannot be seen: the glyphs are the same, but a screen reader says
# "zero point one" or "zero comma one", the gap after the comma is gone, and no line can break
# there. Authors of EPUBs and pages with probabilities and intervals meet it on each page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund temml@0.13.5 katex@0.16.22 >/dev/null
cat >look.mjs <<'JS'
import { createRequire } from "node:module";
import katex from "katex";
import temml from "temml";
const require = createRequire(import.meta.url);
console.log("temml", require("temml/package.json").version);
const numbers = (markup) => [...markup.matchAll(/<mn>(.*?)<\/mn>/g)].map((match) => match[1]);
let surprising = 0;
for (const tex of ["[0,1]", "[0, 1]", "[0,x]", "\\{1,2,3\\}", "a_{1,2}"]) {
  const found = numbers(temml.renderToString(tex));
  const katexs = numbers(katex.renderToString(tex, { output: "mathml" }));
  surprising += found.some((number) => number.includes(","));
  console.log(tex.padEnd(12), "temml", JSON.stringify(found).padEnd(12), "katex", JSON.stringify(katexs));
}
process.exit(surprising === 3 ? 0 : 1);
JS
node look.mjs
echo "as expected: three of five are one number"
