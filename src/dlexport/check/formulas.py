"""Formulas that cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from dlexport.math import MathEngine
from dlexport.model import Collection, Text
from dlexport.problems import Place, Problem
from dlexport.render.formulas import formula_of


def bad_formulas(collection: Collection, engine: MathEngine) -> Iterator[Problem]:
    """A formula that the engine refuses, with the place inside it where that is known."""
    for text in _texts(collection):
        for token in text.everything:
            formula = formula_of(token)
            error = engine.check(formula) if formula else None
            if error:
                yield Problem(
                    _place(token, error.position),
                    "bad-formula",
                    error.message,
                    "write LaTeX as MathJax takes it; declare macros in collection.toml",
                )


def _texts(collection: Collection) -> Iterator[Text]:
    if collection.introduction:
        yield collection.introduction
    for question in collection.questions:
        yield from question.texts


def _place(token: Token, position: int | None) -> Place:
    place: Place = token.meta["place"]
    if position is None:
        return place
    before = token.content[:position]
    rows = before.count("\n")
    if token.type == "fence":
        return Place(place.path, place.line + 1 + rows, position - before.rfind("\n"))
    column = place.column + position if not rows else position - before.rfind("\n")
    return Place(place.path, place.line + rows, column)
