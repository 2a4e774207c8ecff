"""Where the texts are today that learners have: words are compared, not ids."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TypeVar

from dlexport.ledger import Face, Ledger

# Two texts of a deletion that have this much in common are one text, corrected.
_CORRECTED = 0.6
T = TypeVar("T")


class Texts:
    """The faces of the cards of today beside those that were released."""

    def __init__(
        self, ledger: Ledger, faces: Mapping[str, Face], origins: Mapping[str, str | None]
    ) -> None:
        """Take faces by key, and for each key of today the one on record, None for new cards."""
        self._released = {k: note for k, note in ledger.notes.items() if not note.is_removed}
        self._faces = faces
        self._origins = origins

    def where(self, released: str) -> list[str]:
        """The keys of today's cards that say what a card on record said."""
        if released not in self._released:
            return []
        face = self._released[released].face
        same = self._today_by_text.get((face.front, face.back), []) if face.back else []
        alike = self._today_by_front.get(face.front, [])
        return same or [k for k in alike if self._has_front_of(self._faces[k], released)]

    def kind(self, released: str) -> str:
        """The kind of a card on record."""
        return self._released[released].kind

    def deletions(self, key: str) -> Mapping[int, str] | None:
        """What the deletions of a card of today hide, None where that cannot be told."""
        return self._faces[key].deletions if key in self._faces else None

    def released_as(self, key: str, kind: str) -> str | None:
        """The card on record whose text a card of today has in place of its own.

        None where it says what it said, and where the other card still says it too.
        """
        face, origin = self._faces.get(key), self._origins[key]
        if face is None or (origin and self._has_text_of(face, origin)):
            return None
        others = self._by_text.get((face.front, face.back), [])
        if not others and not (origin and self._has_front_of(face, origin)):
            others = [k for k in self._by_front.get(face.front, ()) if self._has_front_of(face, k)]
        wanted = (k for k in others if k != origin and self.kind(k) == kind)
        return next((k for k in wanted if not self._stays(k)), None)

    def _stays(self, released: str) -> bool:
        """Whether the card that learners have by this key still says what it said."""
        return any(
            key not in self._faces
            or self._has_text_of(self._faces[key], released)
            or self._has_front_of(self._faces[key], released)
            for key in self._by_origin.get(released, ())
        )

    def _has_text_of(self, face: Face, released: str) -> bool:
        return released in self._released and face.says_the_same(self._released[released].face)

    def _has_front_of(self, face: Face, released: str) -> bool:
        """Whether a card has the front of a released one, which tells that one from all others.

        Cloze cards have a text in place of a front, which is compared whole.
        """
        front = face.front if released in self._released and not face.deletions else ""
        return bool(front) and self._by_front.get(front) == [released]

    @cached_property
    def _by_origin(self) -> Mapping[str, list[str]]:
        return _grouped({key: origin for key, origin in self._origins.items() if origin})

    @cached_property
    def _by_text(self) -> Mapping[tuple[str, str], list[str]]:
        faces = {key: note.face for key, note in self._released.items() if note.face.back}
        return _grouped({key: (face.front, face.back) for key, face in faces.items()})

    @cached_property
    def _today_by_text(self) -> Mapping[tuple[str, str], list[str]]:
        return _grouped({key: (face.front, face.back) for key, face in self._faces.items()})

    @cached_property
    def _today_by_front(self) -> Mapping[str, list[str]]:
        return _grouped({key: face.front for key, face in self._faces.items()})

    @cached_property
    def _by_front(self) -> Mapping[str, list[str]]:
        return _grouped({key: note.face.front for key, note in self._released.items()})


def _grouped(values: Mapping[str, T]) -> Mapping[T, list[str]]:
    found: dict[T, list[str]] = defaultdict(list)
    for key, value in values.items():
        found[value].append(key)
    return found


def is_another_text(before: str, now: str, known: Collection[str]) -> bool:
    """Whether a deletion hides something else than before, and not the same corrected.

    `known` are the texts that all deletions of the card hid.
    """
    if now == before:
        return False
    return now in known or difflib.SequenceMatcher(None, before, now).ratio() < _CORRECTED
