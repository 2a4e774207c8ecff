"""By what Anki knows our notes and decks again: the only thing that must never change."""

from __future__ import annotations

import genanki


def note_guid(namespace: str, key: str) -> str:
    """The GUID of the note of the card `question/card`."""
    guid: str = genanki.guid_for(namespace, key)
    return guid


def deck_name(*titles: str) -> str:
    """A deck's full name; a `::` in a title does not make a deck within a deck."""
    return "::".join(title.replace("::", ": ") for title in titles)
