"""What a build depends on, as it lies on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dlexport.engine.templates import template_files
from dlexport.problems import UsageError
from dlexport.reading.files import content_files


def state(
    content: Path,
    templates: Path | None = None,
    previous: Path | None = None,
    *,
    out: Path | None = None,
) -> list[tuple[str, int, int, int]]:
    """What there is of all that a build may read, and when each file was last changed.

    With `out`, also when the content's folders last got or lost a file, those apart in which
    `out` lies: they alone show a file that came and went between two looks.
    """
    paths = [os.path.realpath(path) for path in template_files(templates)] if templates else []
    paths += [os.fspath(previous)] if previous else []
    try:
        files = content_files(content)
    except UsageError:  # there is no such folder, now
        return list(_stamps(paths))
    faults = [(str(problem), 0, 0, 0) for problem in files.problems]
    if out:
        place = out.resolve()
        paths += [folder for folder in files.folders if not place.is_relative_to(folder)]
    return sorted([*faults, *_stamps([*paths, *files.by_place, *files.links])])


def _stamps(paths: Iterable[str]) -> Iterator[tuple[str, int, int, int]]:
    for path in paths:
        try:
            found = os.lstat(path)
        except OSError:
            continue  # it has just gone
        yield path, found.st_mtime_ns, found.st_ctime_ns, found.st_size
