"""TeX that every engine understands alike: ours, Temml, and the MathJax 3 in Anki."""

from __future__ import annotations

from collections.abc import Iterable

from dlexport.math.looks import even
from dlexport.math.model import FormulaError
from dlexport.math.tokens import Token, group_end, without_line_end

# Known to the MathJax 4 that draws, and not to MathJax 3.
_REFUSED = frozenset(
    "\\" + name
    for name in (
        "* AA Approxcolon Colondash Dashcolon HUGE MakeAboxedCommand SMALL Simcolon Small U "
        "allowbreak approxcolon badbreak begingroup begingroupReset begingroupSandbox break "
        "breakAlign char colondash dashcolon endgroup footnotesize gdef global goodbreak hsize "
        "iddots makebox newcolumntype nobreak oiiint oiint ointop parbox shortvdotswithin simcolon "
        "vbox vcentercolon vdotswithin vtop xLongleftarrow xLongrightarrow xlongleftarrow "
        "xlongrightarrow"
    ).split()
)
# Drawn as `:=` by MathJax 4, as `:-` by MathJax 3 and Temml.
_TWO_MEANINGS = {
    r"\coloneq": r"\coloneqq", r"\Coloneq": r"\Coloneqq",
    r"\eqcolon": r"\eqqcolon", r"\Eqcolon": r"\Eqqcolon",
}  # fmt: skip
_OF_NUMBERS = frozenset({r"\ref", r"\eqref", r"\usetagform"})
_OPEN = frozenset({"{", r"\begin", r"\left"})
_CLOSE = frozenset({"}", r"\end", r"\right"})
_REFUSED_ENVIRONMENTS = frozenset({"darray", "displaymath", "indentalign", "math"})
# Temml numbers these, MathJax does not. Numbers are the author's: \tag.
_NUMBERED = frozenset({"align", "alignat", "equation", "flalign", "gather", "multline"})
_SYNONYMS = {r"\bm": r"\boldsymbol"}
# Their optional argument, a vertical position, is unknown to Temml.
_PLACED = frozenset({"aligned", "alignedat", "gathered", "array"})


def portable(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without comments and numbers of equations, in words all engines know.

    Raise FormulaError for what only some of them know.
    """
    row = without_line_end(token for token in tokens if token.text[0] != "%")
    for token in row:
        _refuse(token)
    named = _with_common_environments(row)
    return _gathered(
        even([Token(_SYNONYMS.get(token.text, token.text), token.place) for token in named])
    )


def _refuse(token: Token) -> None:
    if token.text in _REFUSED:
        raise FormulaError(f"{token.text} is unknown to the MathJax in Anki", token.place)
    if token.text in _TWO_MEANINGS:
        message = f"{token.text} is drawn in two ways: write {_TWO_MEANINGS[token.text]}"
        raise FormulaError(message, token.place)
    if token.text in _OF_NUMBERS:
        message = f"{token.text}: formulas stand alone and have no numbers; name it in words"
        raise FormulaError(message, token.place)


def _with_common_environments(row: list[Token]) -> list[Token]:
    out: list[Token] = []
    index = 0
    while index < len(row):
        out.append(row[index])
        index += 1
        if row[index - 1].text not in (r"\begin", r"\end") or index == len(row):
            continue
        end = group_end(row, index)
        if end is None:
            continue
        name = "".join(token.text for token in row[index + 1 : end])
        out += [*row[index:end], *_star(name, row[end]), row[end]]
        index = _after_position(row, end + 1) if name in _PLACED else end + 1
    return out


def _star(name: str, end: Token) -> list[Token]:
    if name in _REFUSED_ENVIRONMENTS:
        message = f"the environment {name} is unknown to the MathJax in Anki"
        raise FormulaError(message, end.place - len(name))
    return [Token("*", end.place)] if name in _NUMBERED else []


def _after_position(row: list[Token], index: int) -> int:
    texts = [token.text for token in row[index : index + 3]]
    is_position = len(texts) == 3 and texts[0] == "[" and texts[1] in "tbc" and texts[2] == "]"
    return index + 3 if is_position else index


def _gathered(row: list[Token]) -> list[Token]:
    """The tokens; in an environment if there are lines outside one, which only MathJax 4 breaks."""
    depth = 0
    for token in row:
        depth += token.text in _OPEN
        depth -= token.text in _CLOSE
        if token.text == r"\\" and depth == 0:
            return [*_around(r"\begin", row[0]), *row, *_around(r"\end", row[-1])]
    return row


def _around(command: str, near: Token) -> list[Token]:
    return [Token(text, near.place) for text in (command, *"{gathered}")]
