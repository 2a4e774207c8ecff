"""A note as genanki's decks write it, without what genanki's own notes keep and check.

Those overlook some cloze deletions and some templates, have one time of change for the
whole package, and take quadratic time to look for HTML that ours cannot hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlexport.exporters.anki.notetypes import Model
from dlexport.model import Tier

_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


@dataclass(slots=True)
class Note:
    """A note with a time of change of its own; `ordinals` says which cards it has.

    `released` is the key under which learners have it, None for a new note.
    """

    key: str
    tier: Tier
    deck: str
    model: Model
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    guid: str
    due: int
    ordinals: Sequence[int]
    released: str | None = None
    modified: int = 0

    def write_to_db(
        self, cursor: sqlite3.Cursor, _timestamp: float, deck: int, numbers: Iterator[int]
    ) -> None:
        """Write the note and its cards; `numbers` are those that no row has yet."""
        number = next(numbers)
        text, tags = "\x1f".join(self.fields), f" {' '.join(self.tags)} "
        model = self.model.model_id
        first = self.fields[0]
        cursor.execute(_NOTE, (number, self.guid, model, self.modified, tags, text, first))
        for ordinal in self.ordinals:
            row = (next(numbers), number, deck, ordinal, self.modified, self.due)
            cursor.execute(_CARD, row)
