"""The files of a content folder that a build may read: one set for all who ask.

What is read is what a build's key is made of and what a preview watches. Symbolic links
inside the content are followed; one that leads out of it is an error, so that nothing
else of a machine is published from a folder that somebody else wrote.
"""

from __future__ import annotations

import heapq
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dlexport.problems import Place, Problems, UsageError
from dlexport.reading.exclude import Exclusions, exclusions
from dlexport.reading.kinds import (
    MEASUREMENTS,
    OURS,
    is_never_content,
    is_output,
    is_question,
    is_read,
)
from dlexport.reading.source import CONFIG, display_name

# The order in which folders are gone through: what is there itself, then what links lead to;
# last what is no deck, for a link may make one of it.
_OWN, _LINKED, _ASIDE = range(3)


@dataclass(frozen=True)
class ContentFiles:
    """The files by the places where they really lie, as paths that begin with the folder.

    `folders` are the places of all folders that were looked through, `links` the symbolic
    links that were followed; `problems` say what could not be read or followed.
    """

    root: Path
    by_place: Mapping[str, str]
    folders: Sequence[str]
    links: Sequence[str]
    problems: Problems
    exclusions: Exclusions

    @cached_property
    def paths(self) -> Sequence[Path]:
        """All of them, sorted."""
        return sorted(map(Path, self.by_place.values()))

    @property
    def questions(self) -> list[Path]:
        """Those that may be questions, sorted."""
        return [path for path in self.paths if is_question(path.relative_to(self.root).parts)]

    @property
    def measurements(self) -> list[Path]:
        """The files of results of measurements, sorted."""
        folder = self.root / MEASUREMENTS
        return [p for p in self.paths if p.suffix == ".json" and p.is_relative_to(folder)]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.by_place.values())

    def holds(self, place: Path) -> bool:
        """Whether the file that really lies at a place is one of them."""
        return os.fspath(place) in self.by_place

    def named(self, name: str) -> Path | None:
        """The file of that name in the folder itself; None where there is none."""
        path = self.root / name
        return path if os.fspath(path) in self._names else None

    def would_hold(self, path: str) -> bool:
        """Whether a file at this path from the folder on would be one of them."""
        parts = tuple(path.split("/"))
        folders = ["/".join(parts[:i]) + "/" for i in range(1, len(parts))]
        return (
            is_read(parts)
            and not any(map(is_never_content, parts))
            and not any(map(self.exclusions.match, folders))
            and not _is_excluded(self.exclusions, parts)
        )


def content_files(root: Path) -> ContentFiles:
    """Look through a content folder. Raise UsageError if there is no such folder."""
    try:
        is_there = root.is_dir()
    except OSError as error:
        raise UsageError(f"{root}: cannot be read: {error.strerror}") from error
    if not is_there:
        raise UsageError(f"{root}: {_instead(root)}")
    walk = _Walk(root)
    walk.go()
    folders, links = sorted(walk.seen), sorted(walk.links)
    return ContentFiles(root, walk.files, folders, links, walk.problems, walk.exclusions)


def _instead(root: Path) -> str:
    """What is there in place of a folder, and which folder may have been meant."""
    if root.exists():
        folder = shlex.quote(os.fspath(root.parent))
        return f"is a file; name a folder, such as --content {folder}"
    near = next((path for path in (".", "..") if Path(path, CONFIG).is_file()), "")
    found = f"; did you mean --content {near}? {CONFIG} is there" if near else ""
    return f"there is no such folder{found}"


class _Walk:
    """Goes through a folder; paths are texts here, of which thousands are made."""

    def __init__(self, root: Path) -> None:
        self.root = "" if root == Path() else os.fspath(root)  # as Path has it: `a`, not `./a`
        self.top = os.path.realpath(root)
        self.exclusions = exclusions(root)
        self.files: dict[str, str] = {}
        self.links: list[str] = []
        self.problems = Problems()
        self.seen = {self.top}
        self._again: list[tuple[str, str]] = []
        self._waiting: list[tuple[int, tuple[str, ...], str]] = []

    def go(self) -> None:
        """All folders: each once, by the first name under which it is met."""
        self._folder((), self.top)
        while self._waiting:
            rank, parts, place = heapq.heappop(self._waiting)
            if rank == _LINKED and not place:
                self._follow(parts)
            elif place not in self.seen:
                self.seen.add(place)
                self._folder(parts, place)
        for link, place in self._again:
            self._report_again(link, place)

    def _path(self, parts: Sequence[str]) -> str:
        return os.path.join(self.root, *parts)

    def _report(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.problems.add(code, Place(display_name(Path(path))), message, hint)

    def _folder(self, parts: tuple[str, ...], place: str) -> None:
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            hint = "make it readable, or name it in `exclude`, see docs/format.md"
            reason = f"cannot be read: {error.strerror}"
            self._report("unreadable-file", self._path(parts), reason, hint)
            return
        if parts and is_output(place, {entry.name for entry in entries}):
            return
        for entry in entries:
            if not is_never_content(entry.name):
                self._entry((*parts, entry.name), entry)

    def _entry(self, parts: tuple[str, ...], entry: os.DirEntry[str]) -> None:
        if entry.is_symlink() or getattr(entry, "is_junction", bool)():
            heapq.heappush(self._waiting, (_LINKED, parts, ""))
        elif entry.is_dir():
            if not self.exclusions.match("/".join(parts) + "/"):
                rank = _ASIDE if any(part.startswith("_") for part in parts) else _OWN
                heapq.heappush(self._waiting, (rank, parts, entry.path))
            if len(parts) == 1 and entry.name in OURS:
                self._report("unreadable-file", self._path(parts), "cannot be read: Is a directory")
        else:
            self._file(parts, entry.path, is_file=entry.is_file())

    def _file(self, parts: tuple[str, ...], place: str, *, is_file: bool) -> None:
        if not is_read(parts) or _is_excluded(self.exclusions, parts):
            return
        if is_file:
            self.files.setdefault(place, self._path(parts))
        else:
            what = "cannot be read: it is a pipe, a socket or a device, not a file"
            self._report("unreadable-file", self._path(parts), what, "move it out of the content")

    def _follow(self, parts: tuple[str, ...]) -> None:
        path = self._path(parts)
        if _is_excluded(self.exclusions, parts) or self.exclusions.match("/".join(parts) + "/"):
            return
        place, fault = _target(path)
        is_folder = not fault and os.path.isdir(place)
        if not (is_folder or is_read(parts) or (fault and "." not in parts[-1])):
            return
        if not fault and os.path.commonpath([self.top, place]) != self.top:
            fault = "leads out of the content"
        if fault:
            hint = "put what it leads to in its place, or name it in `exclude`, see docs/format.md"
            self._report("bad-symlink", path, f"{fault}: {_shown_target(path)}", hint)
            return
        self.links.append(path)
        if place in self.seen or (place in self.files and is_question(parts)):
            self._again.append((path, place))
        elif is_folder:
            self.seen.add(place)
            self._folder(parts, place)
        else:
            self._file(parts, place, is_file=os.path.isfile(place))

    def _report_again(self, link: str, place: str) -> None:
        """Say that a link makes no second copy of the questions to which it leads."""
        below = os.path.join(place, "")
        names = [name for at, name in self.files.items() if at == place or at.startswith(below)]
        if any(is_question(Path(name).relative_to(self.root).parts) for name in names):
            message = f"leads to {_shown_target(link)}, which is read there already"
            hint = "delete the link, or name it in `exclude`, see docs/format.md"
            self._report("repeated-symlink", link, message, hint)


def _is_excluded(exclusions: Exclusions, parts: Sequence[str]) -> bool:
    is_ours = len(parts) == 1 and parts[0] in OURS
    return not is_ours and exclusions.match("/".join(parts))


def _target(path: str) -> tuple[str, str]:
    """The place that a link leads to, and what is wrong with it."""
    try:
        return os.fspath(Path(path).resolve(strict=True)), ""
    except RuntimeError:  # Python before 3.13
        return "", "leads to itself"
    except FileNotFoundError:
        return "", "leads to what is not there"
    except OSError as error:
        return "", f"cannot be followed ({error.strerror})"


def _shown_target(path: str) -> str:
    return display_name(Path(os.readlink(path)))
