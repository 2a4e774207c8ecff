"""Put a release on record, so that the next one updates what learners have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlexport.building.write import replace_file
from dlexport.ledger import Ledger, ReleasedNote
from dlexport.model import Collection, Tier
from dlexport.problems import ResourceError, UsageError
from dlexport.reading import ledger
from dlexport.reading.source import LEDGER
from dlexport.release.record import merge

if TYPE_CHECKING:
    from dlexport.exporters.anki.packaged import Package


def record(collection: Collection, package: Path) -> int:
    """Write what a released package holds into the ledger; return the number of its cards.

    Raise UsageError if `package` is not what this collection's release gave to learners as
    a whole, ResourceError if the disk refuses; the ledger then is as it was.
    """
    from dlexport.exporters.anki import packaged

    found = packaged.read(package, collection.metadata.anki)
    _refuse_others(collection, found)
    released = replace(found.ledger, notes=_with_former_keys(collection, found.ledger))
    merged = merge(collection.ledger, released, collection.tombstones)
    path = (collection.root / LEDGER).resolve()  # a link stays one
    try:
        replace_file(path, ledger.dump(merged).encode())
    except OSError as error:
        raise ResourceError(f"{path}: cannot be written: {error.strerror}") from error
    return found.cards


def _refuse_others(collection: Collection, package: Package) -> None:
    """Refuse what is no whole package of ours."""
    from dlexport.exporters.anki.head import Part

    source, whole = package.ledger.source, f"record {collection.metadata.slug}.apkg"
    if package.head is None:
        raise UsageError(
            f"{source}: is not the package that dlexport wrote. What Anki exports lacks what its "
            f"owner deleted and has what its owner changed; {whole}"
        )
    if package.head.part is Part.ALL:
        return
    keys = {f"{q.id}/{card.id}" for q, card in collection.cards if card.tier is Tier.CORE}
    if package.head.part is Part.CORE or package.ledger.notes.keys() == keys:
        raise UsageError(f"{source}: holds the cards marked core only; {whole}")
    raise UsageError(f"{source}: holds a part of the collection only; {whole}")


def _with_former_keys(collection: Collection, released: Ledger) -> dict[str, ReleasedNote]:
    """The notes with the keys that their cards had, where these gave them their GUIDs."""
    from dlexport.exporters.anki.identity import note_guid

    notes = dict(released.notes)
    for question, card in collection.cards:
        key = f"{question.id}/{card.id}"
        note = notes.get(key)
        for was in (card.was, *(f"{old}/{card.id}" for old in question.was)):
            if note and was and note.guid == note_guid(released.namespace, was):
                notes[key] = replace(note, was=(was,))
    return notes
