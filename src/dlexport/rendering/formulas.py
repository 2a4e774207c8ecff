"""Formulas in texts, and how those of a collection are drawn ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from dlexport.document import FormulaBlock, InlineFormula, Text
from dlexport.engine.workers import Workers
from dlexport.math import Formula, FormulaError, MathEngine
from dlexport.model import Collection


def formula_of(node: InlineFormula | FormulaBlock) -> Formula:
    """The formula that a node holds."""
    return Formula(node.tex, display=isinstance(node, FormulaBlock) or node.display)


def formulas(text: Text) -> Iterator[InlineFormula | FormulaBlock]:
    """Every formula of a text."""
    return text.every(InlineFormula, FormulaBlock)


def drawing(
    collection: Collection, engine: MathEngine, workers: Workers
) -> list[Callable[[], None]]:
    """Tasks, for as many processors as are free, that draw all formulas of the questions.

    What cannot be drawn is left to whoever asks for it.
    """
    count = workers.spare
    if not count:
        return []
    texts = (text for question in collection.questions for text in question.texts)
    found = list(dict.fromkeys(formula_of(node) for text in texts for node in formulas(text)))
    engine.draw_at_once(count)

    def draw(some: Sequence[Formula]) -> None:
        for formula in some:
            workers.go_on()
            with suppress(FormulaError):
                engine.draw(formula)

    return [partial(draw, found[i::count]) for i in range(count)]
