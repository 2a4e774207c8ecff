"""What learners have of earlier releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """A card as learners have it: when its note last changed (seconds since 1970), and to what."""

    kind: str
    deck: str
    digest: str
    modified: int
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedType:
    """A note type as learners have it: `schema` must never change, `look` may."""

    schema: str
    look: str
    modified: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What has been released: notes by `question/card`, note types by kind of card."""

    version: str
    notes: Mapping[str, ReleasedNote]
    types: Mapping[str, ReleasedType]

    @property
    def modified(self) -> int:
        """The time of the last change that learners have."""
        notes = [note.modified for note in self.notes.values()]
        return max(notes + [kind.modified for kind in self.types.values()], default=0)
