// \tag makes MathJax draw a line as wide as the page, which an SVG of its own size
// cannot be. A single tag is taken out of the formula and given to the renderer;
// several (one a row) stay in the drawing as a last column.

function textOf(node) {
  if (node.isKind('text')) return node.getText();
  return (node.childNodes ?? []).map((child) => (child ? textOf(child) : '')).join('');
}

function labelledRows(root) {
  const rows = [];
  root.walkTree((node) => {
    if (node.isKind('mlabeledtr')) rows.push(node);
  });
  return rows;
}

// The label as a cell to the right of the others.
function lastCell(factory, label) {
  const gap = factory.create('node', 'mspace', [], { width: '3em' });
  return factory.create('node', 'mtd', [gap, ...label.childNodes]);
}

function makePlain(factory, row, keepLabel) {
  const [label, ...cells] = row.childNodes;
  if (keepLabel) cells.push(lastCell(factory, label));
  const plain = factory.create('node', 'mtr', cells);
  row.parent.replaceChild(plain, row);
  return plain;
}

// A table of one row that only served to hold the tag would keep the line from
// being broken.
function unwrap(factory, row) {
  const table = row.parent;
  if (table.childNodes.length !== 1 || row.childNodes.length !== 1) return;
  const inner = factory.create('node', 'mrow', row.childNodes[0].childNodes);
  table.parent.replaceChild(inner, table);
}

export function takeTag(data) {
  const factory = data.nodeFactory;
  const rows = labelledRows(data.root);
  if (rows.length > 1) {
    rows.forEach((row) => makePlain(factory, row, true));
    return null;
  }
  if (rows.length === 0) return null;
  const text = textOf(rows[0].childNodes[0]);
  unwrap(factory, makePlain(factory, rows[0], false));
  return text;
}
