// Where in the source a TeX error was found.

// MathJax keeps no places, but a parser knows how much of its text it has not read
// yet, and that rest is always a tail of what was given: macros change only what
// stands before it.
function reached(parser, text) {
  const rest = parser.string.slice(parser.i);
  return text.endsWith(rest) ? text.length - rest.length : null;
}

// Arguments have parsers of their own. An inner one's text is looked for right
// before the place its outer one has reached.
function innermost(parsers, tex) {
  let [text, start, place] = [tex, 0, null];
  for (const parser of parsers.toReversed()) {
    if (place !== null) {
      const found = text.lastIndexOf(parser.string, place - parser.string.length);
      if (found < 0 || !parser.string) break;
      [text, start] = [parser.string, start + found];
    }
    const inside = reached(parser, text);
    if (inside === null) break;
    place = inside;
  }
  return place === null ? null : start + place;
}

// Gives an offset from 0 into `tex`, or null.
export function placeOf(options, tex, error) {
  const place = innermost(options.parsers, tex);
  const [name] = error.message.match(/\\[A-Za-z]+|\\./) ?? [];
  const before = name ? tex.lastIndexOf(name, place ?? tex.length) : -1;
  return before < 0 ? place : before;
}
