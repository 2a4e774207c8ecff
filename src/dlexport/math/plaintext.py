"""Text in formulas as MathJax 3 takes it.

Anki's MathJax shows what stands in \\text as it is written: backslashes, braces and all.
Ours reads commands there. What both can show is written in Anki's way; the rest is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlexport.math.model import FormulaError
from dlexport.math.tokens import Token, group_end

_TEXT = frozenset(
    "\\" + name
    for name in (
        *("text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "textup"),
        *("mbox", "hbox", "fbox", "tag", "intertext", "shortintertext"),
    )
)
_MATH = ("$", r"\(", r"\)")
_INSTEAD = {
    "{": "",
    "}": "",
    "~": "\u00a0",
    r"\ ": " ",
    r"\,": "\u2009",
    r"\#": "#",
    r"\%": "%",
    r"\&": "&",
    r"\_": "_",
    r"\$": r"\$",  # there a plain one would begin a formula
    r"\{": r"$\{$",
    r"\}": r"$\}$",
}


def plain_text(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with text in Anki's way. Raise FormulaError for what it cannot show."""
    row = list(tokens)
    index = 0
    while index < len(row):
        token = row[index]
        yield token
        index += 1
        if token.text not in _TEXT:
            continue
        while index < len(row) and (row[index].is_blank or row[index].text == "*"):
            yield row[index]
            index += 1
        end = group_end(row, index) if index < len(row) else None
        if end and row[index].text == "{":
            yield row[index]
            yield from _rewritten(row[index + 1 : end], token.text)
            index = end


def _rewritten(text: list[Token], command: str) -> Iterator[Token]:
    in_math = False
    for token in text:
        if token.text in _MATH:
            in_math = not in_math
        elif not in_math and token.text in _INSTEAD:
            token = Token(_INSTEAD[token.text], token.place)
        elif not in_math and token.text[0] == "\\":
            message = f"{token.text} in {command}: Anki shows only plain text and $...$ there"
            raise FormulaError(message, token.place)
        if token.text:
            yield token
