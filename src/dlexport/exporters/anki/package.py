"""Write an .apkg: a deflated zip with an SQLite database, the same bytes for the same input."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from itertools import count
from mmap import ACCESS_READ, mmap
from pathlib import Path

import genanki

from dlexport.engine.archive import add_entry
from dlexport.exporters.anki import head
from dlexport.exporters.anki.head import Head

# Bytes 96 to 99 of an SQLite file hold the version of the library that wrote it:
# https://www.sqlite.org/fileformat.html#write_library_version_number_and_version_valid_for
_WRITER_VERSION = 96


def pack(
    decks: Iterable[genanki.Deck], media: Mapping[str, bytes], timestamp: int, about: Head
) -> bytes:
    """The bytes of a package with these decks and media files, and what it says about itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "collection.anki2"
            _write_database(path, decks, timestamp)
            with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                add_entry(archive, path.name, data)
        names = {str(i): name for i, name in enumerate(media)}
        add_entry(archive, "media", json.dumps(names).encode())
        for i, picture in enumerate(media.values()):
            add_entry(archive, str(i), picture)
        add_entry(archive, head.ENTRY, head.dump(about))
    return buffer.getvalue()


def _write_database(path: Path, decks: Iterable[genanki.Deck], timestamp: int) -> None:
    connection = sqlite3.connect(path)
    try:
        # The file is only read once and then thrown away: nothing has to reach the disk.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        package = genanki.Package(list(decks))
        package.write_to_db(connection.cursor(), timestamp, count(timestamp * 1000))
        connection.commit()
    finally:
        connection.close()
    with path.open("r+b") as file:
        file.seek(_WRITER_VERSION)
        file.write(bytes(4))
