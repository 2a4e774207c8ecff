"""What an Anki package holds of a collection: one of ours, or one that Anki exported."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlexport.exporters.anki import head
from dlexport.exporters.anki.faces import face
from dlexport.exporters.anki.head import Head
from dlexport.exporters.anki.identity import note_guid
from dlexport.exporters.anki.notetypes import CARD_ID, NOTE_TYPES, type_number
from dlexport.exporters.anki.release import note_digest, type_digests
from dlexport.exporters.anki.zstandard import ZstdError, decompress
from dlexport.ledger import Ledger, ReleasedNote, ReleasedType
from dlexport.metadata import AnkiIds
from dlexport.problems import UsageError
from dlexport.reading.ids import is_key
from dlexport.reading.source import display_name

# The databases of packages, the present form first: where Anki writes it, the others hold
# one note that asks for a newer Anki.
_PRESENT, *_LEGACY = ("collection.anki21b", "collection.anki21", "collection.anki2")
_DAMAGED = (
    OSError, KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error, sqlite3.Error, ZstdError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """A package: what it says about itself if it is one of ours, its notes, its cards' number.

    An export of Anki's knows nothing of decks and note types as they were released.
    """

    head: Head | None
    ledger: Ledger
    cards: int


def read(path: Path, ids: AnkiIds) -> Package:
    """What a package holds of the collection whose Anki ids these are.

    Raise UsageError if it is no package, or none of that collection.
    """
    name = display_name(path)
    if path.suffix.lower() == ".colpkg":
        raise UsageError(
            f"{name}: is a backup of a whole collection (.colpkg), with all that its owner has "
            "besides. Name the package that was released, or export the deck: in Anki, "
            "File > Export > Anki Deck Package (.apkg)"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.read(head.ENTRY) if head.ENTRY in archive.namelist() else None
            found = head.parse(entry) if entry else None
            if found and found.namespace != ids.namespace:
                raise UsageError(_other_namespace(name, found.namespace, ids.namespace))
            with _database(archive) as connection:
                return _package(connection, found, ids, name)
    except _DAMAGED as error:
        raise UsageError(f"{name}: is no Anki package that can be read ({error})") from error


def _other_namespace(name: str, theirs: str, ours: str) -> str:
    return (
        f"{name}: is a package of the namespace “{theirs}”, this collection's is “{ours}”. Name "
        f'this collection\'s package; if it is this one, write `namespace = "{theirs}"` below '
        "[anki] in collection.toml"
    )


@contextmanager
def _database(archive: zipfile.ZipFile) -> Iterator[sqlite3.Connection]:
    names = archive.namelist()
    wanted = next((n for n in (_PRESENT, *_LEGACY) if n in names), None)
    if wanted is None:
        raise ValueError("it holds no collection")
    data = archive.read(wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.db")
        path.write_bytes(decompress(data) if wanted == _PRESENT else data)
        with closing(sqlite3.connect(path)) as connection:
            yield connection


def _package(
    connection: sqlite3.Connection, found: Head | None, ids: AnkiIds, name: str
) -> Package:
    kinds = {type_number(kind, ids): kind for kind in NOTE_TYPES}
    notes = _own_notes(connection, kinds) if found else _exported_notes(connection, kinds, ids)
    if not notes and not found:
        raise UsageError(
            f"{name}: holds no card of this collection, whose namespace is “{ids.namespace}”"
        )
    types = _types(connection, kinds) if found else {}
    ((cards,),) = connection.execute("SELECT count() FROM cards")
    ledger = Ledger(ids.namespace, found.version if found else "", notes, types, name)
    return Package(found, ledger, cards)


def _own_notes(connection: sqlite3.Connection, kinds: Mapping[int, str]) -> dict[str, ReleasedNote]:
    ((decks,),) = connection.execute("SELECT decks FROM col")
    names = {int(number): deck["name"] for number, deck in json.loads(decks).items()}
    rows = connection.execute(
        "SELECT n.mid, n.guid, n.mod, n.flds, n.tags, "
        "(SELECT did FROM cards WHERE nid = n.id) FROM notes n"
    )
    notes = {}
    for number, guid, changed, text, tags, deck in rows:
        if number not in kinds:
            raise ValueError(
                f"note type {number} is none of this collection's: `note_type_ids` in "
                "collection.toml are others than when it was built"
            )
        key, note = _note(kinds[number], guid, changed, text.split("\x1f"), tags, names[deck])
        notes[key] = note
    return notes


def _exported_notes(
    connection: sqlite3.Connection, kinds: Mapping[int, str], ids: AnkiIds
) -> dict[str, ReleasedNote]:
    """Those of our note types; a learner's copy of one comes after it."""
    notes: dict[str, ReleasedNote] = {}
    rows = connection.execute("SELECT mid, guid, mod, flds, tags FROM notes ORDER BY id")
    for number, guid, changed, text, tags in rows:
        fields = text.split("\x1f")
        kind = kinds.get(number)
        if kind is None or len(fields) < len(NOTE_TYPES[kind].fields):
            continue
        key, note = _note(kind, guid, changed, fields, tags, "")
        is_original = guid == note_guid(ids.namespace, key)
        if is_key(key) and (is_original or key not in notes):
            notes[key] = note
    return notes


def _note(
    kind: str, guid: str, changed: int, fields: list[str], tags: str, deck: str
) -> tuple[str, ReleasedNote]:
    note_type = NOTE_TYPES[kind]
    key = fields[note_type.fields.index(CARD_ID)]
    sides = fields[: len(note_type.first_fields)]
    digest = note_digest(fields, tags.split())
    return key, ReleasedNote(kind, guid, digest, changed, face(kind, deck, sides))


def _types(connection: sqlite3.Connection, kinds: Mapping[int, str]) -> dict[str, ReleasedType]:
    ((types,),) = connection.execute("SELECT models FROM col")
    models: dict[str, Any] = json.loads(types)
    known = {kinds[int(number)]: model for number, model in models.items() if int(number) in kinds}
    return {k: ReleasedType(*type_digests(model), model["mod"]) for k, model in known.items()}
