"""Results of earlier builds, by what they were made from.

A cache is a folder of files named after their keys. It is safe to delete, to
share between builds that run at once, and to be damaged: an entry that is not
whole is no entry. Keys hold whatever a result depends on, the program too, so
nothing in a cache is ever out of date.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from dlexport.engine.assets import PACKAGE, asset_folder, template_folder

_DIGEST = 20  # bytes of BLAKE2b before an entry's data
_FOLDER = re.compile("[0-9a-f]{2}")
_NAME = re.compile(r"[0-9a-f]{46}|\.[0-9a-f]{46}\.\d+\.\d+")  # the latter is not yet whole
_OLD = 30 * 24 * 3600.0  # seconds after which an entry that nobody wanted is dropped
_LARGEST = 1 << 30  # bytes; the entries that were wanted longest ago go first
_LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "fonttools", "markdown-it-py", "mdit-py-plugins",
              "Pygments", "jinja2", "genanki", "quickjs-ng", "tinycss2", "nh3",
              "pillow")  # fmt: skip


def default_folder() -> Path:
    """The user's folder for such files: DLEXPORT_CACHE, else where the system wants it."""
    named = os.environ.get("DLEXPORT_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("dlexport", appauthor=False)


class Cache:
    """Bytes by keys, in a folder. What cannot be written is not kept, without complaint."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use a folder, which need not exist yet; without one nothing is kept."""
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, if they are whole."""
        if self.folder is None:
            return None
        path = _path(self.folder, key)
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        digest, data = stored[:_DIGEST], stored[_DIGEST:]
        if digest != _digest(data):
            return None
        with suppress(OSError):
            os.utime(path)  # wanted now
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        if self.folder is None:
            return
        path = _path(self.folder, key)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(_digest(data) + data)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under a key, or else what `make` makes, from now on kept."""
        data = self.get(key)
        if data is None:
            data = make()
            self.put(key, data)
        return data

    def prune(self) -> None:
        """Drop what has not been wanted for a month, and the oldest beyond a gibibyte."""
        if self.folder is None:
            return
        entries = []
        for path in self._entries():
            with suppress(OSError):
                stat = path.stat()
                entries.append((stat.st_mtime, stat.st_size, path))
        size = 0
        for wanted, length, path in sorted(entries, reverse=True):
            size += length
            if size > _LARGEST or wanted < time.time() - _OLD:
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> int:
        """Delete every entry; return how many bytes they took. Other files stay."""
        if self.folder is None:
            return 0
        freed = 0
        folders = {self.folder}
        for path in self._entries():
            folders.add(path.parent)
            with suppress(OSError):
                freed += path.stat().st_size
                path.unlink()
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):  # it holds other files
                folder.rmdir()
        return freed

    def _entries(self) -> list[Path]:
        """The files that are ours by their names: the folder may be one that others use."""
        if self.folder is None:
            return []
        folders = [path for path in _inside(self.folder) if _FOLDER.fullmatch(path.name)]
        found = [path for folder in folders for path in _inside(folder)]
        return [path for path in found if _NAME.fullmatch(path.name)]


def _inside(folder: Path) -> list[Path]:
    """What is in a folder; nothing in one that is none, or that another process has deleted."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def key_of(*parts: str | bytes) -> str:
    """A key for a result that depends on these parts and on this program."""
    digest = blake2b(program().encode(), digest_size=24)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


@cache
def program() -> str:
    """A name for this program as it is: its own files, and its libraries' versions."""
    digest = blake2b(digest_size=16)
    for folder in (PACKAGE, template_folder(), asset_folder()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(blake2b(path.read_bytes()).digest())
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key[2:]


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
