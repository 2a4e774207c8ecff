"""The folders of a collection as they lie on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dlexport.building.manifest import CHECKSUMS, MANIFEST


def walk(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder from `root` on, with the names of its files, in order.

    Left out are git's own folder and below `root` those that a build wrote into.
    """
    for parent, folders, names in os.walk(root):
        folder = Path(parent)
        if folder != root and {CHECKSUMS, MANIFEST} <= set(names):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if name != ".git")
        yield folder, sorted(names)


def state(*roots: Path) -> list[tuple[str, int]]:
    """What there is in some folders, and when each was last written to.

    A file that comes and goes leaves its folder with another time. Hidden folders, where
    editors keep their notes, do not count.
    """
    found = []
    for root in roots:
        for folder, names in walk(root):
            if any(part.startswith(".") for part in folder.relative_to(root).parts):
                continue
            for path in (folder, *(folder / name for name in names)):
                try:
                    found.append((os.fspath(path), path.stat().st_mtime_ns))
                except OSError:
                    continue  # it has just gone, which its folder shows
    return sorted(found)
