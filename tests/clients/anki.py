"""Anki's own backend: a collection to import packages into, as a learner does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.import_export_pb2 import ImportCsvRequest, ImportResponse


@contextmanager
def new_collection() -> Iterator[Collection]:
    """Open an empty collection, and throw it away in the end."""
    with TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield collection
        finally:
            collection.close()


def import_package(
    collection: Collection, package: Path, options: ImportAnkiPackageOptions | None = None
) -> ImportResponse.Log:
    """Import a package, with the options that Anki offers first, and give Anki's log.

    The log lists the notes that are new, updated, duplicate (unchanged), conflicting
    (of a note type that differs) and so on.
    """
    request = ImportAnkiPackageRequest(
        package_path=str(package), options=options or ImportAnkiPackageOptions()
    )
    log = collection.import_anki_package(request).log
    # Without this the note types look as they did before the import.
    collection.models._clear_cache()
    return log


def export_package(collection: Collection, path: Path, *, legacy: bool = False) -> None:
    """Export all notes as Anki's menu does, in the present or the legacy format."""
    options = ExportAnkiPackageOptions(with_media=True, legacy=legacy)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)


def cards(collection: Collection) -> dict[int, list[str]]:
    """Give for each note the names of the templates that its cards are made by."""
    return {
        note: [str(card.template()["name"]) for card in collection.get_note(note).cards()]
        for note in collection.find_notes("")
    }


def import_text(collection: Collection, path: Path) -> ImportResponse.Log:
    """Import a text file with the options that its own headers ask for, and give Anki's log."""
    metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
    request = ImportCsvRequest(path=str(path), metadata=metadata)
    return collection.import_csv(request).log
