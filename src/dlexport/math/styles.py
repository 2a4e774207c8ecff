"""What a formula may say of styles and markup: MathJax would hand on any text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlexport.math.model import FormulaError
from dlexport.math.tokens import Token, after_blanks, group_end
from dlexport.untrusted import is_colour

# How many colours each command is given, in groups of their own.
_TAKEN: Mapping[str, int] = {r"\color": 1, r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2}


# It gives an element of MathML any attributes, links too.
_MARKUP = r"\mmlToken"


def check_styles(tokens: Sequence[Token]) -> None:
    """Raise FormulaError for markup, and for a colour that is neither a name nor hexadecimal.

    Where a model such as `[rgb]` is named, MathJax itself checks the numbers.
    """
    row = list(tokens)
    for index, token in enumerate(row):
        if token.text == _MARKUP:
            raise FormulaError(f"{_MARKUP} writes markup, which no formula may", token.place)
        start = after_blanks(row, index + 1)
        if token.text not in _TAKEN or (start < len(row) and row[start].text == "["):
            continue
        for _ in range(_TAKEN[token.text]):
            start = _after_colour(row, start)


def _after_colour(row: list[Token], start: int) -> int:
    """The place after a group with a colour; what has none is for the engine to say."""
    end = group_end(row, start) if start < len(row) and row[start].text == "{" else None
    if end is None:
        return start
    colour = "".join(token.text for token in row[start + 1 : end]).strip()
    if not is_colour(colour):
        message = f"“{colour}” is no colour: write a name, or # and hexadecimal digits"
        raise FormulaError(message, row[start].place + 1)
    return after_blanks(row, end + 1)
