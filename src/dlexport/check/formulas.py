"""Formulas that cannot be drawn, and marks that belong to none."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.document import FormulaBlock, InlineFormula, Str
from dlexport.math import MathEngine
from dlexport.model import Collection, Question
from dlexport.problems import Place, Problem
from dlexport.rendering.excerpt import is_marked_as_key
from dlexport.rendering.formulas import formula_of, formulas

MOST_KEYS = 3
_KEY_LINE = "{.key}"


def bad_formulas(collection: Collection, engine: MathEngine) -> Iterator[Problem]:
    """A formula that the engine refuses, with the place inside it where that is known."""
    for text in collection.texts:
        for node in formulas(text):
            error = engine.check(formula_of(node))
            if error:
                yield Problem(
                    _place(node, error.position),
                    "bad-formula",
                    error.message,
                    "write LaTeX as MathJax takes it; declare macros in collection.toml",
                )


def key_formulas(collection: Collection) -> Iterator[Problem]:
    """Marks `{.key}` that no sheet can follow."""
    for question in collection.questions:
        keys = [f for f in question.answer.every(FormulaBlock) if is_marked_as_key(f)]
        for count, formula in enumerate(keys[MOST_KEYS:], MOST_KEYS + 1):
            yield Problem(
                formula.place,
                "key-formula",
                f"formula {count} with {_KEY_LINE}",
                f"mark at most {MOST_KEYS}: what one must be able to write down",
            )
        yield from _misplaced_keys(question)


def unmarked_keys(collection: Collection) -> Iterator[Problem]:
    """Answers with display formulas none of which is marked as one to know."""
    for question in collection.questions:
        displayed = list(question.answer.every(FormulaBlock))
        if displayed and not any(map(is_marked_as_key, displayed)):
            yield Problem(
                displayed[0].place,
                "unmarked-key",
                f"no formula of the answer is marked by {_KEY_LINE}",
                f"put {_KEY_LINE} on a line of its own right above the `$$` of what one must be "
                f"able to write down, at most {MOST_KEYS} times",
            )


def _misplaced_keys(question: Question) -> Iterator[Problem]:
    for string in question.every(Str):
        if string.text.strip() == _KEY_LINE:
            yield Problem(
                string.place,
                "key-formula",
                f"{_KEY_LINE} is read as text",
                "leave a line empty before it, and write the formula between lines of `$$`",
            )
    for text in question.texts:
        for node in filter(is_marked_as_key, text.nodes):
            if not (isinstance(node, FormulaBlock) and text is question.answer):
                yield Problem(
                    node.place,
                    "key-formula",
                    f"{_KEY_LINE} stands above what is no formula of the answer",
                    "put it right above the `$$` of a formula that the sheets show",
                )


def _place(node: InlineFormula | FormulaBlock, position: int | None) -> Place:
    place = node.place
    if not position:
        return place
    before = node.tex[:position]
    rows = before.count("\n")
    column = position - before.rfind("\n") if rows else place.column + position
    return Place(place.path, place.line + rows, column)
