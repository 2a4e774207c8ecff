"""Numbers of questions: those that files have, and those that follow on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from dlexport.model import Deck, Question


def numbered(questions: Iterable[Question], decks: Iterable[Deck]) -> list[Question]:
    """Questions in their order, each with a number and what it is cited by.

    Questions without a number follow those that have one, in the order of decks and files.
    Where a number is that of questions in two decks, each deck counts by itself, and the
    deck's label stands before the number: `2.12`.
    """
    labels = {deck.id: deck.label for deck in decks}
    row = {id: i for i, id in enumerate(labels)}
    ordered = sorted(
        questions, key=lambda q: (q.number == 0, q.number, row[q.deck], q.path.as_posix())
    )
    if not _repeats(ordered):
        return [replace(q, cited=str(q.number)) for q in _counted(ordered, lambda _: "")]
    return [
        replace(q, cited=f"{labels[q.deck]}.{q.number}")
        for q in _counted(ordered, lambda q: q.deck)
    ]


def _repeats(questions: Iterable[Question]) -> bool:
    decks: dict[int, set[str]] = defaultdict(set)
    for question in questions:
        decks[question.number].add(question.deck)
    return any(len(found) > 1 for number, found in decks.items() if number)


def _counted(questions: list[Question], row: Callable[[Question], str]) -> list[Question]:
    """The questions of each row counted on from its highest number."""
    highest: dict[str, int] = defaultdict(int)
    for question in questions:
        highest[row(question)] = max(highest[row(question)], question.number)
    result = []
    for question in questions:
        if question.number == 0:
            highest[row(question)] += 1
            question = replace(question, number=highest[row(question)])
        result.append(question)
    return result
