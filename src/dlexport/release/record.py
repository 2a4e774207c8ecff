"""What a release adds to the record of what learners have, and which packages are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dlexport.ledger import Ledger, ReleasedNote
from dlexport.problems import UsageError, plural

_MOST_NAMED = 3


def merge(earlier: Ledger | None, released: Ledger, tombstones: Iterable[str]) -> Ledger:
    """The ledger after a release.

    A card that was released under another key is known by its GUID and keeps that key as a
    former one. One that is not in the release stays on record as removed; it has to have a
    tombstone. Raise UsageError where it has none, and where the ledger is of a later release.
    """
    if earlier is None:
        return released
    former = {note.guid: (key, note) for key, note in earlier.notes.items()}
    notes = {key: _with_former(key, note, former) for key, note in released.notes.items()}
    there = {note.guid for note in released.notes.values()}
    gone = {key: note for key, note in earlier.notes.items() if note.guid not in there}
    _refuse_loss(gone, set(tombstones), released.source)
    _refuse_older(earlier, released)
    removed = {key: replace(note, is_removed=True) for key, note in gone.items()}
    types = {**earlier.types, **released.types}
    return replace(released, notes={**removed, **notes}, types=types)


def _with_former(
    key: str, note: ReleasedNote, former: dict[str, tuple[str, ReleasedNote]]
) -> ReleasedNote:
    before, known = former.get(note.guid, (key, note))
    was = known.was if before == key else (before, *known.was)
    return replace(note, was=tuple(w for w in was if w != key))


def _refuse_loss(gone: dict[str, ReleasedNote], tombstones: set[str], source: str) -> None:
    lost = sorted(k for k, note in gone.items() if not note.is_removed and k not in tombstones)
    if lost:
        raise UsageError(
            f"{source}: lacks {_named(lost)}, which learners have: is it the package of this "
            "release? A card leaves the record only with a line in tombstones.toml"
        )


def _refuse_older(earlier: Ledger, released: Ledger) -> None:
    newer = sorted(_newer(earlier, released))
    if newer:
        raise UsageError(
            f"{released.source}: is of an earlier release than the one on record, which has newer "
            f"texts of {_named(newer)}: record the package of the last release"
        )


def _newer(earlier: Ledger, released: Ledger) -> Iterator[str]:
    times = {note.guid: note.modified for note in released.notes.values()}
    for key, note in earlier.notes.items():
        if times.get(note.guid, note.modified) < note.modified:
            yield key
    for kind, note_type in released.types.items():
        if kind in earlier.types and note_type.modified < earlier.types[kind].modified:
            yield f"the note type for {kind} cards"


def _named(keys: list[str]) -> str:
    """The first few by name, the rest by number."""
    more = len(keys) - _MOST_NAMED
    words = ", ".join(f"“{key}”" for key in keys[:_MOST_NAMED])
    return f"{words} and {plural(more, 'more card')}" if more > 0 else words
