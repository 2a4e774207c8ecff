#!/usr/bin/env bash
# MathJax 4.1.3 and 3.2.2: \coloneq of mathtools is ":=" in the one and ":−" (colon, minus) in the
# other, \eqcolon "=:" and "−:", so that a definition reads as a difference; and \tiny is
# smaller than \Tiny in version 3, larger in version 4. Nothing fails in either.
# It matters where both meet: Anki's cards are drawn by version 3, pages and books by version 4
# or by KaTeX, from the same source. \coloneqq and \eqqcolon are the same in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mathjax-full@3.2.2 @mathjax/src@4.1.3 >/dev/null
cat >look.mjs <<'JS'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);

async function version(root, folder, ending) {
  const load = (path) => import(`${root}/${folder}/${path}.js`);
  const { mathjax } = await load("mathjax");
  const { TeX } = await load("input/tex");
  const { liteAdaptor } = await load("adaptors/liteAdaptor");
  const { RegisterHTMLHandler } = await load("handlers/html");
  const { SerializedMmlVisitor } = await load("core/MmlTree/SerializedMmlVisitor");
  const { STATE } = await load("core/MathItem");
  await load("input/tex/base/BaseConfiguration");
  await load("input/tex/ams/AmsConfiguration");
  await load("input/tex/mathtools/MathtoolsConfiguration");
  RegisterHTMLHandler(liteAdaptor());
  const packages = ["base", "ams", "mathtools"];
  const page = mathjax.document("", { InputJax: new TeX({ packages }) });
  const visitor = new SerializedMmlVisitor();
  const mathml = (tex) => visitor.visitTree(page.convert(tex, { end: STATE.CONVERT }));
  const signs = (tex) => [...mathml(tex).matchAll(/<mo[^>]*>(.*?)<\/mo>/g)].map((m) => m[1]).join("")
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
  const size = (tex) => /mathsize="([\d.]+)em"/.exec(mathml(tex))[1];
  const found = {};
  for (const tex of ["\\coloneq", "\\eqcolon", "\\coloneqq"]) found[tex] = signs(`a ${tex} b`);
  for (const tex of ["\\tiny", "\\Tiny"]) found[tex] = size(`${tex} a`);
  return found;
}

const three = await version("mathjax-full", "js");
const four = await version("@mathjax/src", "mjs");
console.log("mathjax-full", require("mathjax-full/package.json").version, JSON.stringify(three));
console.log("@mathjax/src", "4.1.3", JSON.stringify(four));
const as_seen = three["\\coloneq"] === ":−" && four["\\coloneq"] === ":="
  && three["\\eqcolon"] === "−:" && four["\\eqcolon"] === "=:"
  && three["\\coloneqq"] === four["\\coloneqq"]
  && Number(three["\\tiny"]) < Number(three["\\Tiny"])
  && Number(four["\\tiny"]) > Number(four["\\Tiny"]);
console.log(as_seen ? "as described" : "this has changed");
process.exit(as_seen ? 0 : 1);
JS
node look.mjs
