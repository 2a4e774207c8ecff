"""TeX that every engine understands alike: ours, Temml, and the MathJax 3 in Anki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlexport.math.model import FormulaError
from dlexport.math.tokens import Token

# Known to the MathJax 4 that draws, and not to MathJax 3.
_REFUSED = frozenset(
    "\\" + name
    for name in (
        *("AA", "Approxcolon", "Colondash", "Dashcolon", "HUGE", "SMALL", "Simcolon", "Small"),
        *("allowbreak", "approxcolon", "badbreak", "begingroup", "begingroupReset"),
        *("begingroupSandbox", "break", "colondash", "dashcolon", "endgroup", "footnotesize"),
        *("gdef", "global", "goodbreak", "hsize", "iddots", "makebox", "newcolumntype"),
        *("nobreak", "oiiint", "oiint", "ointop", "shortvdotswithin", "simcolon", "vbox"),
        *("vcentercolon", "vdotswithin", "vtop", "xLongleftarrow", "xLongrightarrow"),
        *("xlongleftarrow", "xlongrightarrow"),
    )
)
_REFUSED_ENVIRONMENTS = frozenset({"darray", "displaymath"})
# Temml numbers these, MathJax does not. Numbers are the author's: \tag.
_NUMBERED = frozenset({"align", "alignat", "equation", "flalign", "gather", "multline"})
_SYNONYMS = {r"\bm": r"\boldsymbol"}


def portable(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens without comments and numbers of equations, in words all engines know.

    Raise FormulaError for what only some of them know.
    """
    row = [token for token in tokens if token.text[0] != "%"]
    for index, token in enumerate(row):
        if token.text in _REFUSED:
            raise FormulaError(f"{token.text} is unknown to the MathJax in Anki", token.place)
        if token.text == "}":
            yield from _star(row, index)
        yield Token(_SYNONYMS.get(token.text, token.text), token.place)


def _star(row: list[Token], end: int) -> Iterator[Token]:
    """The star that is wanted before the brace at `end`, if an environment's name ends there."""
    start = end
    while (start > 0 and row[start].text.isalpha()) or start == end:
        start -= 1
    if row[start].text != "{" or start == 0 or row[start - 1].text not in (r"\begin", r"\end"):
        return
    name = "".join(token.text for token in row[start + 1 : end])
    if name in _REFUSED_ENVIRONMENTS:
        message = f"the environment {name} is unknown to the MathJax in Anki"
        raise FormulaError(message, row[start].place)
    if name in _NUMBERED:
        yield Token("*", row[end].place)
