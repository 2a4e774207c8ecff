"""Write an .apkg: a deflated zip with an SQLite database, the same bytes for the same input."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

import genanki

from dlexport.archive import add_entry

# Bytes 96 to 99 of an SQLite file hold the version of the library that wrote it:
# https://www.sqlite.org/fileformat.html#write_library_version_number_and_version_valid_for
_WRITER_VERSION = slice(96, 100)


def pack(decks: Iterable[genanki.Deck], media: Mapping[str, bytes], timestamp: int) -> bytes:
    """The bytes of a package with these decks and media files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        add_entry(archive, "collection.anki2", _database(decks, timestamp))
        names = {str(i): name for i, name in enumerate(media)}
        add_entry(archive, "media", json.dumps(names).encode())
        for i, data in enumerate(media.values()):
            add_entry(archive, str(i), data)
    return buffer.getvalue()


def _database(decks: Iterable[genanki.Deck], timestamp: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        try:
            package = genanki.Package(list(decks))
            package.write_to_db(connection.cursor(), timestamp, count(timestamp * 1000))
            connection.commit()
        finally:
            connection.close()
        data = bytearray(path.read_bytes())
    data[_WRITER_VERSION] = bytes(4)
    return bytes(data)
