"""By what Anki knows our notes and decks again: the only thing that must never change."""

from __future__ import annotations

import genanki

from dlexport.model import Card, Collection, Deck, Question


def note_guid(namespace: str, key: str) -> str:
    """The GUID of the note of a new card that is called `question/card`."""
    guid: str = genanki.guid_for(namespace, key)
    return guid


def guid_of(collection: Collection, question: Question, card: Card) -> str:
    """The GUID of a card's note: the one that learners have, where there was such a card.

    Without a record of what was released it is made from the oldest key that the card or
    its question names.
    """
    key = f"{question.id}/{card.id}"
    ledger = collection.ledger
    if ledger:
        released = ledger.origin(key, card.was, question.was)
        if released:
            return ledger.notes[released].guid
    elif card.was or question.was:
        key = card.was or f"{question.was[-1]}/{card.id}"
    return note_guid(collection.metadata.anki.namespace, key)


def full_name(collection: Collection, deck: Deck) -> str:
    """A deck's full name in Anki: numbers in it keep decks in the order of the book."""
    return deck_name(collection.metadata.title, *(level.name for level in deck.levels))


def deck_name(*titles: str) -> str:
    """A deck's full name; a `::` in a title does not make a deck within a deck."""
    return "::".join(title.replace("::", ": ") for title in titles)
