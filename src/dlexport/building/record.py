"""Put a release on record, so that the next one updates what learners have."""

from __future__ import annotations

from pathlib import Path

from dlexport.building.write import replace_file
from dlexport.model import Collection
from dlexport.reading import ledger
from dlexport.reading.source import LEDGER


def record(collection: Collection, package: Path) -> int:
    """Write what a released package holds into the ledger; return the number of its notes.

    Raise UsageError if `package` is none that dlexport wrote.
    """
    from dlexport.exporters.anki.notetypes import NOTE_TYPES, type_number
    from dlexport.exporters.anki.release import read_package

    metadata = collection.metadata
    kinds = {type_number(kind, metadata.anki): kind for kind in NOTE_TYPES}
    released = read_package(package, kinds, metadata.version)
    text = ledger.dump(ledger.merge(collection.ledger, released))
    replace_file(collection.root / LEDGER, text.encode())
    return len(released.notes)
