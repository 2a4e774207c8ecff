"""The container of a book: a zip with a manifest, the same bytes for the same input.

The order and the storing of `mimetype` are those of the EPUB Open Container
Format, https://www.w3.org/TR/epub-33/#sec-zip-container-mime.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from dlexport.engine.archive import add_entry

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book, below EPUB/; a `linear` one is part of the reading order."""

    path: str
    media_type: str
    data: bytes
    linear: bool = False
    role: str = ""

    @property
    def id(self) -> str:
        """The item's id in the manifest."""
        return "i-" + "".join(map(_in_id, self.path))

    @property
    def properties(self) -> str:
        """The manifest's properties, worked out from what the file holds."""
        found = [self.role] if self.role else []
        if self.media_type == "application/xhtml+xml":
            found += ["mathml"] if b"<math" in self.data else []
            found += ["svg"] if b"<svg" in self.data else []
        return " ".join(found)


def _in_id(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isalnum() else "-"
    return f"_{ord(sign):x}_"


def zip_book(package: bytes, items: Iterable[Item]) -> bytes:
    """The bytes of the book: `package` is the text of the package document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        add_entry(archive, "mimetype", b"application/epub+zip", stored=True)
        add_entry(archive, "META-INF/container.xml", _CONTAINER.encode())
        add_entry(archive, "EPUB/package.opf", package)
        for item in items:
            add_entry(archive, f"EPUB/{item.path}", item.data)
    return buffer.getvalue()
