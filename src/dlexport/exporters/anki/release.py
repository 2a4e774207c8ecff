"""What a release changes for those who have the last one.

Anki updates a note only if the package's time of change is newer, and then
replaces all of it, the learner's tags and edits too. So a note that did not
change keeps the time of the release that changed it last.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from dlexport.ledger import Ledger
from dlexport.problems import ReleaseError

_DAY = 86_400


def note_digest(fields: Iterable[str], tags: Iterable[str]) -> str:
    """A short hash of all that a learner sees of a note."""
    text = "\x1f".join([*fields, *sorted(tags)])
    return sha256(text.encode()).hexdigest()[:16]


def type_digests(model: Mapping[str, Any]) -> tuple[str, str]:
    """Hashes of a note type's schema and of its look, from its form in a package."""
    schema = [model["type"], [f["id"] for f in model["flds"]], [t["id"] for t in model["tmpls"]]]
    sides = [[t["name"], t["qfmt"], t["afmt"]] for t in model["tmpls"]]
    look = [model["name"], model["css"], sides, [f["name"] for f in model["flds"]]]
    return _hash(schema), _hash(look)


def _hash(data: object) -> str:
    return sha256(json.dumps(data).encode()).hexdigest()[:16]


def modified(released: str | None, digest: str, earlier: Ledger | None, now: int) -> int:
    """A note's time of change: the earlier release's where its digest is the same.

    `released` is the key on record of the note, None for a new one.
    """
    note = earlier.notes[released] if earlier and released else None
    return note.modified if note and note.digest == digest and not note.is_removed else now


def type_modified(kind: str, model: Mapping[str, Any], earlier: Ledger | None, now: int) -> int:
    """A note type's time of change. Raise ReleaseError if its schema is another one."""
    schema, look = type_digests(model)
    released = earlier.types.get(kind) if earlier else None
    if released is None:
        return now
    if released.schema != schema:
        raise ReleaseError(
            f"the fields or card templates of the note type for {kind} cards are others than in "
            "the last release: Anki would keep every learner's old notes as they are and put new "
            "ones on a second note type. Use a spare field instead, or a new kind of card"
        )
    return released.modified if released.look == look else now


def check_time(now: int, earlier: Ledger | None, *, anything_changed: bool) -> None:
    """Refuse a time of release that would keep changes from learners."""
    if now > time.time() + _DAY:
        raise ReleaseError(
            "the time of this release lies in the future: Anki would take no later update. "
            "Mend the clock, the commit's date or SOURCE_DATE_EPOCH"
        )
    if earlier and anything_changed and now <= earlier.modified:
        raise ReleaseError(
            f"the time of this release ({_moment(now)}) is not after the last one's "
            f"({_moment(earlier.modified)}): Anki would ignore what has changed. "
            "Commit the changes, or set SOURCE_DATE_EPOCH"
        )


def _moment(timestamp: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(timestamp))
