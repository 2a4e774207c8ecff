// Takes out of MathJax's SVG what does not draw: it halves the size, and a reader
// that counts elements (WeasyPrint does) is quicker.

// What MathJax's style sheet, which a formula of its own does not have, says about
// rules of tables and frames.
const DASHES = { 'mjx-dashed': '140', 'mjx-dotted': '0,140' };

function inlineStyle(adaptor, node) {
  const line = adaptor.hasAttribute(node, 'data-line') || adaptor.hasAttribute(node, 'data-frame');
  if (!line) return;
  adaptor.setAttribute(node, 'fill', 'none');
  adaptor.setAttribute(node, 'stroke-width', '70');
  for (const [name, pattern] of Object.entries(DASHES)) {
    if (!adaptor.hasClass(node, name)) continue;
    adaptor.setAttribute(node, 'stroke-dasharray', pattern);
    if (name === 'mjx-dotted') adaptor.setAttribute(node, 'stroke-linecap', 'round');
  }
}

function dropNoise(adaptor, node) {
  for (const { name } of adaptor.allAttributes(node)) {
    if (/^(data-|aria-)|^(class|id|focusable)$/.test(name)) adaptor.removeAttribute(node, name);
  }
}

function onlyMoves(adaptor, node) {
  const names = adaptor.allAttributes(node).map(({ name }) => name);
  return names.length === 1 && names[0] === 'transform';
}

// A group that says nothing gives its place to its children; one that only moves a
// single unmoved child hands its transform down.
function unwrap(adaptor, node) {
  const children = adaptor.childNodes(node);
  if (!adaptor.parent(node) || adaptor.kind(node) !== 'g') return;
  if (children.length === 0) {
    adaptor.remove(node);
  } else if (adaptor.allAttributes(node).length === 0) {
    children.slice().forEach((child) => adaptor.insert(child, node));
    adaptor.remove(node);
  } else if (children.length === 1 && onlyMoves(adaptor, node)) {
    const [child] = children;
    if (adaptor.kind(child) === '#text' || adaptor.hasAttribute(child, 'transform')) return;
    if (adaptor.kind(child) === 'svg') return; // an inner drawing takes no transform
    adaptor.setAttribute(child, 'transform', adaptor.getAttribute(node, 'transform'));
    adaptor.replace(child, node);
  }
}

export function simplify(adaptor, node) {
  for (const child of adaptor.childNodes(node).slice()) {
    if (adaptor.kind(child) !== '#text') simplify(adaptor, child);
  }
  inlineStyle(adaptor, node);
  dropNoise(adaptor, node);
  unwrap(adaptor, node);
}
