"""What a build depends on, as it lies on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from dlexport.problems import UsageError
from dlexport.reading.files import content_files

# What editors write beside a file that is open in them, and hidden files.
_EDITORS = (".*", "*~", "#*#", "*.swp", "*.swx", "*.tmp", "*.bak", "4913")


def template_files(folder: Path) -> Iterator[Path]:
    """The files of a folder of templates, in order; links are followed, each folder once."""
    seen = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        place = os.path.realpath(parent)
        if place in seen:
            folders.clear()
            continue
        seen.add(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(parent, name) for name in sorted(names) if not _is_editors(name)]
        yield from filter(Path.is_file, paths)


def state(
    content: Path, templates: Path | None = None, previous: Path | None = None
) -> list[tuple[str, int, int, int]]:
    """What there is of all that a build may read, and when each file was last changed."""
    paths = [os.path.realpath(path) for path in template_files(templates)] if templates else []
    paths += [os.fspath(previous)] if previous else []
    try:
        files = content_files(content)
    except UsageError:  # there is no such folder, now
        return list(_stamps(paths))
    faults = [(str(problem), 0, 0, 0) for problem in files.problems]
    return sorted([*faults, *_stamps([*paths, *files.by_place, *files.links])])


def _stamps(paths: list[str]) -> Iterator[tuple[str, int, int, int]]:
    for path in paths:
        try:
            found = os.lstat(path)
        except OSError:
            continue  # it has just gone
        yield path, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _is_editors(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _EDITORS)
