"""Maps of prerequisites: for each deck what builds on what, as a picture and as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dlexport.document import plain
from dlexport.model import Collection, Deck, Picture, Question
from dlexport.rendering.palette import deck_colour
from dlexport.study.drawing import Row, draw
from dlexport.study.order import in_order

_LONGEST_LABEL = 44  # characters


@dataclass(frozen=True, slots=True)
class Step:
    """A question, and those to know before it that the collection has."""

    question: Question
    requires: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DeckMap:
    """The map of one deck. There is no picture where nothing in it builds on another.

    The steps are in the order of their numbers, but each after those that it requires.
    """

    deck: Deck
    steps: tuple[Step, ...]
    picture: Picture | None


def maps(collection: Collection) -> list[DeckMap]:
    """A map of each deck whose questions require any; empty where none does."""
    found = (_deck_map(deck, collection) for deck in collection.decks)
    return [each for each in found if any(step.requires for step in each.steps)]


def _deck_map(deck: Deck, collection: Collection) -> DeckMap:
    ordered = in_order(deck.questions, key=lambda q: q.number)
    steps = tuple(
        Step(q, tuple(collection.by_id[id] for id in q.requires if id in collection.by_id))
        for q in ordered
    )
    return DeckMap(deck, steps, _picture(deck, steps, collection))


def _picture(deck: Deck, steps: Sequence[Step], collection: Collection) -> Picture | None:
    position = {step.question.id: i for i, step in enumerate(steps)}
    rows = [_row(step, position, collection.ranks) for step in steps]
    if not any(row.inside for row in rows):
        return None
    colour = deck_colour(collection, deck.id).day  # the drawing has a paper of its own
    drawn = draw(rows, f"Prerequisites: {deck.title}", colour)
    name = f"map-{sha256(drawn.svg).hexdigest()[:16]}.svg"
    return Picture(Path(name), drawn.svg, "image/svg+xml", name, drawn.width, drawn.height)


def _row(step: Step, position: Mapping[str, int], ranks: Mapping[str, int]) -> Row:
    inside = [position[q.id] for q in step.requires if q.id in position]
    outside = [q for q in step.requires if q.id not in position]
    cited = [q.cited for q in sorted(outside, key=lambda q: ranks[q.id])]
    return Row(step.question.number, _label(step.question), inside, cited)


def _label(question: Question) -> str:
    text = question.title or plain(question.question.blocks)
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1].rstrip() + "…"
