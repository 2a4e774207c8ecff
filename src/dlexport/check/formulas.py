"""Formulas that cannot be drawn, and marks that belong to none."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.math import MathEngine
from dlexport.model import Collection, Question
from dlexport.problems import Place, Problem
from dlexport.rendering.excerpt import is_marked_as_key
from dlexport.rendering.formulas import formula_of

MOST_KEYS = 3
_KEY_LINE = "{.key}"


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


def key_formulas(collection: Collection) -> Iterator[Problem]:
    """Marks `{.key}` that no sheet can follow."""
    for question in collection.questions:
        of_answer = [t for t in question.answer.everything if is_marked_as_key(t)]
        formulas = [t for t in of_answer if formula_of(t)]
        for token in formulas[MOST_KEYS:]:
            yield Problem(
                token.meta["place"],
                "key-formula",
                f"formula {formulas.index(token) + 1} with {_KEY_LINE}",
                f"mark at most {MOST_KEYS}: what one must be able to write down",
            )
        yield from _misplaced_keys(question)


def unmarked_keys(collection: Collection) -> Iterator[Problem]:
    """Answers with display formulas none of which is marked as one to know."""
    for question in collection.questions:
        tokens = [t for t in question.answer.everything if (f := formula_of(t)) and f.display]
        if tokens and not any(is_marked_as_key(t) for t in tokens):
            yield Problem(
                _place(tokens[0], None),
                "unmarked-key",
                f"no formula of the answer is marked by {_KEY_LINE}",
                f"put {_KEY_LINE} on a line of its own right above the `$$` of what one must be "
                f"able to write down, at most {MOST_KEYS} times",
            )


def _misplaced_keys(question: Question) -> Iterator[Problem]:
    for text in question.texts:
        for token in text.everything:
            lines = [line.strip() for line in token.content.split("\n")]
            if token.type == "inline" and _KEY_LINE in lines:
                place: Place = token.meta["place"]
                yield Problem(
                    Place(place.path, place.line + lines.index(_KEY_LINE), place.column),
                    "key-formula",
                    f"{_KEY_LINE} is read as text",
                    "leave a line empty before it, and write the formula between lines of `$$`",
                )
            elif is_marked_as_key(token) and not (formula_of(token) and text is question.answer):
                yield Problem(
                    token.meta["place"],
                    "key-formula",
                    f"{_KEY_LINE} stands above what is no formula of the answer",
                    "put it right above the `$$` of a formula that the sheets show",
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
