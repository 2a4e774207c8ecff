"""What a release changes for those who have the last one.

Anki updates a note only if the package's time of change is newer, and then
replaces all of it, the learner's tags and edits too. So a note that did not
change keeps the time of the release that changed it last.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dlexport.exporters.anki.notetypes import CARD_ID
from dlexport.ledger import Ledger, ReleasedNote, ReleasedType
from dlexport.problems import ReleaseError, UsageError

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


def modified(key: str, digest: str, earlier: Ledger | None, now: int) -> int:
    """A note's time of change: the earlier release's where its digest is the same."""
    note = earlier.notes.get(key) if earlier else None
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


def read_package(path: Path, kinds: Mapping[int, str], version: str = "") -> Ledger:
    """What a package that dlexport wrote holds; `kinds` names note types by their numbers.

    Raise UsageError if it is no such package.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            database = archive.extract("collection.anki2", folder)
            connection = sqlite3.connect(database)
            try:
                return _read(connection, kinds, version)
            finally:
                connection.close()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise UsageError(f"{path}: is no package that dlexport wrote ({error})") from error


def _read(connection: sqlite3.Connection, kinds: Mapping[int, str], version: str) -> Ledger:
    ((types, decks),) = connection.execute("SELECT models, decks FROM col")
    models = {int(number): model for number, model in json.loads(types).items()}
    deck_names = {int(number): deck["name"] for number, deck in json.loads(decks).items()}
    rows = connection.execute(
        "SELECT n.mid, n.mod, n.flds, n.tags, (SELECT did FROM cards WHERE nid = n.id) FROM notes n"
    )
    notes = {}
    for number, changed, text, tags, deck in rows:
        fields = text.split("\x1f")
        names = [f["name"] for f in models[number]["flds"]]
        notes[fields[names.index(CARD_ID)]] = ReleasedNote(
            kinds.get(number, ""),
            deck_names[deck],
            note_digest(fields, tags.split()),
            changed,
        )
    return Ledger(version, notes, _types(models, kinds))


def _types(models: Mapping[int, Any], kinds: Mapping[int, str]) -> dict[str, ReleasedType]:
    known = {kinds[number]: model for number, model in models.items() if number in kinds}
    return {k: ReleasedType(*type_digests(model), model["mod"]) for k, model in known.items()}
