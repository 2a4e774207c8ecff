"""Whether a content folder is as a commit holds it.

Git would run programs that the folder names to find out (filters). So files are compared by
their ids, as https://git-scm.com/book/en/v2/Git-Internals-Git-Objects describes them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from dlexport.building.repository import Commit
from dlexport.reading.files import ContentFiles
from dlexport.reading.ids import in_form


def first_difference(files: ContentFiles, commit: Commit) -> str:
    """The first path of what a build may read that is not as in the commit; empty for none."""
    top = os.path.realpath(files.root)
    held = {in_form(path): id for path, id in commit.blobs.items()}
    here = {in_form(_below(top, place)): Path(place) for place in files.by_place}
    here |= {in_form(_below(top, link)): Path(link) for link in map(_real_link, files.links)}
    for path, place in sorted(here.items()):
        if not _is_in(path, commit.submodules) and held.get(path, "-") not in _ids(place, held):
            return path
    gone = (p for p in sorted(commit.blobs) if files.would_hold(p) or p in commit.links)
    return next((path for path in gone if not os.path.lexists(Path(top, path))), "")


def _below(top: str, path: str) -> str:
    return os.path.relpath(path, top).replace(os.sep, "/")


def _real_link(link: str) -> str:
    """Where a link itself lies."""
    return os.fspath(Path(link).parent.resolve() / Path(link).name)


def _is_in(path: str, folders: frozenset[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


def _ids(place: Path, held: dict[str, str]) -> Iterator[str]:
    """The ids under which git may hold a file: its bytes, with `\\n` line ends, as LFS does."""
    name = "sha256" if len(next(iter(held.values()), "")) == 64 else "sha1"
    try:
        data = os.fsencode(place.readlink()) if place.is_symlink() else place.read_bytes()
    except OSError:
        return
    for form in (data, data.replace(b"\r\n", b"\n"), _pointer(data)):
        yield hashlib.new(name, b"blob %d\0" % len(form) + form).hexdigest()


def _pointer(data: bytes) -> bytes:
    """What git holds in place of a large file (https://github.com/git-lfs/git-lfs, spec.md)."""
    digest = hashlib.sha256(data).hexdigest()
    return (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(data)}\n"
    ).encode()
