"""What learners have of earlier releases, and which of it each card of today is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Face:
    """What a reader gets of a card.

    `deck` is the full name of its deck in Anki, empty where that is not known. `front` and
    `back` are hashes of the words on the two sides. `deletions` are those of a cloze card:
    by their numbers the words that they hide.
    """

    deck: str
    front: str
    back: str
    deletions: Mapping[int, str] = field(default_factory=dict)

    def says_the_same(self, other: Face) -> bool:
        """Whether both sides have the same words."""
        return bool(self.back) and (self.front, self.back) == (other.front, other.back)


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """A card as learners have it.

    `guid` is how Anki knows its note, `digest` a hash of all fields and tags, `modified` the
    time (seconds since 1970) when they last changed, `was` the keys that it had before,
    the latest first.
    """

    kind: str
    guid: str
    digest: str
    modified: int
    face: Face
    was: tuple[str, ...] = ()
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedType:
    """A note type as learners have it: `schema` must never change, `look` may."""

    schema: str
    look: str
    modified: int


@dataclass(frozen=True)
class Ledger:
    """What has been released: notes by key (`question/card`), note types by kind of card.

    `source` is the file that says so, as messages call it.
    """

    namespace: str
    version: str
    notes: Mapping[str, ReleasedNote]
    types: Mapping[str, ReleasedType]
    source: str = ""

    @property
    def modified(self) -> int:
        """The time of the last change that learners have."""
        notes = [note.modified for note in self.notes.values()]
        return max(notes + [kind.modified for kind in self.types.values()], default=0)

    @cached_property
    def by_former_key(self) -> Mapping[str, str]:
        """The keys that cards have on record, by those that they had before."""
        return {former: key for key, note in self.notes.items() for former in note.was}

    def origin(self, key: str, was: str, question_was: Sequence[str] = ()) -> str | None:
        """The key on record of the card that is called `key` today; None for a new card.

        `was` is what the card itself says that it was called, else empty; `question_was`
        are its question's former ids. What the card says comes before its own key, and that
        before what its question says.
        """
        own = self.notes.get(key)
        if was and not (own and was in own.was):
            return self._known_as(was)  # a removed one, too, which may come back
        if own:
            return key
        card = key.partition("/")[2]
        found = (self._known_as(f"{question}/{card}") for question in question_was)
        return next((now for now in found if now and not self.notes[now].is_removed), None)

    def _known_as(self, key: str) -> str | None:
        """The card on record that has, or had, this key."""
        return key if key in self.notes else self.by_former_key.get(key)
