"""The colours of decks: quiet, equal in weight, neighbours told apart in grey too.

They were chosen in OKLCH at a chroma of 0.08. Each has a contrast of at least 5 with white
by day, and of at least 6.9 with a paper of #15181b by night.
"""

from __future__ import annotations

from typing import NamedTuple

from dlexport.model import Collection


class Colour(NamedTuple):
    """A deck's colour on light and on dark paper."""

    day: str
    night: str


DECK_COLOURS = (
    Colour("#2d4e78", "#a4c7f5"),
    Colour("#975753", "#d0938d"),
    Colour("#2f5831", "#a6d2a7"),
    Colour("#736096", "#ac9acd"),
    Colour("#664610", "#e1be8e"),
    Colour("#13757a", "#68b3b7"),
    Colour("#6b3a57", "#e8b1cf"),
    Colour("#6a7234", "#a3ab74"),
    Colour("#0a5470", "#91ceec"),
    Colour("#955665", "#ce919e"),
    Colour("#135b42", "#96d4b8"),
    Colour("#5d679d", "#96a1d4"),
    Colour("#6f3f22", "#edb799"),
    Colour("#825b8a", "#ba96c2"),
)


def deck_colour(collection: Collection, deck: str) -> Colour:
    """The colour of a deck, by its id: the next of all for each deck of the whole collection."""
    return DECK_COLOURS[_row(collection, deck)]


def deck_class(collection: Collection, deck: str) -> str:
    """The class that sets a deck's colour in stylesheets: `deck-1` to `deck-14`."""
    return f"deck-{_row(collection, deck) + 1}"


def _row(collection: Collection, deck: str) -> int:
    return collection.deck_order.index(deck) % len(DECK_COLOURS)
