"""The two lists of an output folder: `manifest.json` says what a build wrote, by checksums."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport.problems import ResourceError

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
FORMAT = "dlexport outputs"
FORMAT_VERSION = 1
_GENERATOR = re.compile(r"dlexport \d")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file as a build wrote it: its path below the output folder, its size, its checksum."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, data: bytes) -> Entry:
        """The entry of a file with this content."""
        return cls(path, len(data), sha256(data).hexdigest())

    @classmethod
    def read(cls, data: Any) -> Entry | None:
        """The entry that `data` gave; None for anything else."""
        match data:
            case {"path": str(path), "bytes": int(size), "sha256": str(digest)}:
                return cls(path, size, digest) if _is_sound(path, digest) else None
        return None

    @property
    def data(self) -> dict[str, str | int]:
        """The entry in a manifest, with its size in bytes."""
        return {"path": self.path, "bytes": self.size, "sha256": self.sha256}

    @property
    def format(self) -> str:
        """The folder that it is in, which is its exporter's name."""
        return self.path.split("/")[0]

    def matches(self, file: Path) -> bool:
        """Whether a file is this one: no link, and with these very bytes."""
        try:
            if file.is_symlink() or not file.is_file() or file.stat().st_size != self.size:
                return False
            with file.open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds: all that a build says of itself, and its files."""

    about: Mapping[str, Any]
    entries: Sequence[Entry]

    def dump(self) -> bytes:
        """The text of `manifest.json`."""
        head = {"format": FORMAT, "format_version": FORMAT_VERSION, **self.about}
        data = {**head, "files": [entry.data for entry in self.entries]}
        return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def checksums(entries: Iterable[Entry], manifest: bytes) -> bytes:
    """The text of `SHA256SUMS` beside a manifest with these entries, as sha256sum reads it."""
    lines = [f"{e.sha256}  {e.path}\n" for e in (*entries, Entry.of(MANIFEST, manifest))]
    return "".join(lines).encode()


def read(out: Path) -> Manifest | None:
    """The manifest of a build in `out`; None where there is no such file.

    Taken for ours are also those of builds before the first release, which had no `format`:
    by their generator, and as ever only for files with the checksums that they give. Raise
    ResourceError for another program's, and for one of a later dlexport.
    """
    path = out / MANIFEST
    if not os.path.lexists(path):
        return None
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        data = None
    entries = _entries(data)
    if path.is_symlink() or entries is None:
        raise ResourceError(f"{path}: was not written by dlexport")
    if data.pop("format_version", FORMAT_VERSION) != FORMAT_VERSION:
        raise ResourceError(
            f"{path}: was written by {json.dumps(data['generator'])}, which is newer than this "
            "dlexport: use that one here, or another folder"
        )
    about = {key: value for key, value in data.items() if key not in ("format", "files")}
    return Manifest(about, entries)


def _entries(data: Any) -> list[Entry] | None:
    """The entries of a manifest of ours; None for anything else."""
    match data:
        case {"generator": str(generator), "files": [*items]} if _GENERATOR.match(generator):
            entries = [Entry.read(item) for item in items]
            whole = [entry for entry in entries if entry]
            is_ours = data.get("format", FORMAT) == FORMAT and len(whole) == len(entries)
            return whole if is_ours else None
    return None


def _is_sound(path: str, digest: str) -> bool:
    """Whether a path stays below its folder, on every system, and a checksum is one."""
    parts = PurePosixPath(path).parts
    stays = bool(parts) and not path.startswith("/") and ".." not in parts
    # Windows alone has other separators, and drives.
    is_plain = os.sep == "/" or not set(path) & set(":\\")
    return stays and is_plain and _SHA256.fullmatch(digest) is not None
