"""Formulas in texts, and how those of a collection are drawn ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from markdown_it.token import Token

from dlexport.engine.workers import Workers
from dlexport.math import Formula, FormulaError, MathEngine
from dlexport.model import Collection

_INLINE = ("math_inline",)
_DISPLAY = ("math_block", "math_inline_double")


def formula_of(token: Token) -> Formula | None:
    """The formula that a token holds, if it holds one."""
    if token.type in _INLINE:
        return Formula(token.content.strip(), display=False)
    if token.type in _DISPLAY or (token.type == "fence" and token.info.split()[:1] == ["math"]):
        return Formula(token.content.strip(), display=True)
    return None


def drawing(
    collection: Collection, engine: MathEngine, workers: Workers
) -> list[Callable[[], None]]:
    """Tasks, for as many processors as are free, that draw all formulas of the questions.

    What cannot be drawn is left to whoever asks for it.
    """
    count = workers.spare
    if not count:
        return []
    tokens = (
        token
        for question in collection.questions
        for text in question.texts
        for token in text.everything
    )
    found = list(dict.fromkeys(f for token in tokens if (f := formula_of(token))))
    engine.draw_at_once(count)

    def draw(some: Sequence[Formula]) -> None:
        for formula in some:
            workers.go_on()
            with suppress(FormulaError):
                engine.draw(formula)

    return [partial(draw, found[i::count]) for i in range(count)]
