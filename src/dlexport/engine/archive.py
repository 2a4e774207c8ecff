"""Zip entries that are the same bytes on every machine."""

from __future__ import annotations

import mmap
import zipfile

# The earliest date that a zip can hold; entries carry no other.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644
_UNIX = 3


def add_entry(
    archive: zipfile.ZipFile, name: str, data: bytes | mmap.mmap, *, stored: bool = False
) -> None:
    """Add a file, deflated unless `stored`, with a fixed date, mode and system."""
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = _MODE << 16
    info.create_system = _UNIX
    archive.writestr(info, data, compresslevel=9)
