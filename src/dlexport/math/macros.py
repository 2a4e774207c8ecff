"""Macros of the collection, expanded in the source of a formula.

Anki's MathJax, our MathJax and Temml each know macros in their own way. Expanding those
of the collection before any of them sees the formula makes them mean the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dlexport.math.expansion import Expansion, Macro
from dlexport.math.tokens import Token, join, tokenise

_NAME = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s])")
_PARAMETER = re.compile(r"#[1-9]")


def expand_macros(tex: str, macros: Mapping[str, str]) -> str:
    """`tex` with every macro of `macros` replaced by what it stands for.

    Keys are names with their backslash, values LaTeX with #1 to #9 for the arguments.
    Text (the argument of \\text and the like, but not the math in it) and comments stay
    as they are. Raise FormulaError, with the place in `tex`, for a macro without its
    arguments and for endless recursion; ValueError for a macro that cannot be one.
    """
    return join(MacroTable(macros).expand(tex))[0]


class MacroTable:
    """The macros of a collection, checked once."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        """Take macros as `expand_macros` does; raise ValueError for one that cannot be one."""
        self._macros = {name: _macro(name, body) for name, body in macros.items()}

    def is_used_in(self, tokens: Iterable[str]) -> bool:
        """Whether one of the tokens is a macro."""
        return not self._macros.keys().isdisjoint(tokens)

    def expand(self, tex: str) -> list[Token]:
        """The tokens of `tex` without macros. Raise FormulaError where that is impossible."""
        return Expansion(self._macros).run(tokenise(tex))


def _macro(name: str, body: str) -> Macro:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name} is no macro name: a backslash and letters, or one sign")
    tokens = tuple(token for token in tokenise(body) if token.text[0] != "%")
    depth = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth < 0:
            break
    if depth:
        raise ValueError(f"the braces in the macro {name} do not match")
    if "#" in _PARAMETER.sub("", body.replace(r"\#", "")):
        raise ValueError(f"a # in the macro {name} is not followed by a digit from 1 to 9")
    numbers = [int(found[1]) for found in _PARAMETER.findall(body.replace(r"\#", ""))]
    return Macro(max(numbers, default=0), tokens)
