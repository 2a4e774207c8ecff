"""Write artifacts so that a reader never meets half a file, and a stranger's file stays.

What will be written is noted in the journal. Then every file is written beside its place
and renamed into it; the manifest and the checksums come last. A build that is killed leaves
each earlier file as it was, or already new, but never broken, and the next build knows them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlexport.building.belongings import Belongings, refuse_to_replace
from dlexport.building.journal import JOURNAL, Journal, opened
from dlexport.building.manifest import CHECKSUMS, MANIFEST, Entry, Manifest, checksums
from dlexport.exporters import Artifact
from dlexport.problems import ResourceError
from dlexport.reading.ids import folded


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted from an output folder, and what stays there though a build named it."""

    count: int
    left: tuple[Path, ...]


def write_outputs(
    out: Path,
    artifacts: Iterable[Artifact],
    about: Mapping[str, Any],
    formats: Iterable[str],
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Removed:
    """Write artifacts below `out`, then `manifest.json` and `SHA256SUMS`.

    What an earlier build wrote is kept where its format is not in `formats`, and deleted
    where it is and the file was not made again. Return what was deleted, and what was not
    since it has changed. `tell` is told when another build is waited for. Raise
    ResourceError where the disk refuses, and before anything is written where a file that
    no build wrote is in the way; `force` replaces that.
    """
    files = {a.path.as_posix(): a.data for a in artifacts}
    with _failures(out, "written"):
        out.mkdir(parents=True, exist_ok=True)
        with opened(out, tell) as journal:
            _delete_unfinished(out, journal)
            ours = Belongings.find(out, journal, force=force)
            others = {p: e for p, e in ours.present().items() if p not in files}
            outdated = [path for path, entry in others.items() if entry.format in set(formats)]
            kept = [entry for path, entry in others.items() if path not in outdated]
            entries = sorted([*(Entry.of(path, data) for path, data in files.items()), *kept])
            manifest = Manifest(about, entries).dump()
            files |= {MANIFEST: manifest, CHECKSUMS: checksums(entries, manifest)}
            with _noted(ours, journal, files, force=force) as missing:
                return _replace(ours, missing, outdated)


def remove_outputs(out: Path) -> Removed:
    """Delete what builds wrote into `out`, their lists, and folders left empty.

    Raise ResourceError where the disk refuses, and where the manifest is not ours.
    """
    if not any(os.path.lexists(out / name) for name in (MANIFEST, JOURNAL)):
        return Removed(0, ())
    with _failures(out, "deleted"):
        with opened(out) as journal:
            _delete_unfinished(out, journal)
            ours = Belongings.find(out, journal)
            removed = _delete(ours, sorted(ours.present()))
            lists = _delete(ours, [CHECKSUMS, MANIFEST])
            journal.end()
        if not out.samefile(Path.cwd()):
            with suppress(OSError):  # it holds other files
                out.rmdir()
    return Removed(removed.count, (*removed.left, *lists.left))


def replace_file(path: Path, data: bytes, temporary: str = "") -> None:
    """Write a file beside its place, then rename it into it. Raise OSError.

    `temporary` is its name until it is whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(temporary or f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def _noted(
    ours: Belongings, journal: Journal, files: Mapping[str, bytes], *, force: bool
) -> Iterator[Mapping[str, bytes]]:
    """Those of some files that are not there yet, in the journal until the block ends.

    They stay in it where the block fails and has written one of them.
    """
    wanted = [Entry.of(path, data) for path, data in files.items()]
    missing = [entry for entry in wanted if not entry.matches(ours.out / entry.path)]
    refuse_to_replace(ours, [entry.path for entry in missing], force=force)
    journal.add([*ours.lists(), *wanted])
    try:
        yield {entry.path: files[entry.path] for entry in missing}
    except BaseException:
        if not any(entry.matches(ours.out / entry.path) for entry in missing):
            journal.take_back()
        raise
    journal.end()


def _replace(ours: Belongings, files: Mapping[str, bytes], outdated: Sequence[str]) -> Removed:
    """Put files into their places, the two lists after all others, and delete the outdated."""
    parents = {parent.as_posix() for path in files for parent in Path(path).parents}
    _delete(ours, [path for path in outdated if path in parents])  # folders from now on
    lists = [path for path in (MANIFEST, CHECKSUMS) if path in files]
    for path in (path for path in files if path not in lists):
        _put(ours.out, path, files[path])
    names = {folded(path) for path in files}
    # On some disks a name in other letters is the file that was just written.
    gone = [
        path for path in outdated if folded(path) not in names or not _is_new(ours, path, files)
    ]
    removed = _delete(ours, gone)
    for path in lists:
        _put(ours.out, path, files[path])
    return removed


def _put(out: Path, path: str, data: bytes) -> None:
    replace_file(out / path, data, _temporary(Entry.of(path, data)))


def _is_new(ours: Belongings, path: str, files: Mapping[str, bytes]) -> bool:
    same = [new for new in files if folded(new) == folded(path)]
    return any((ours.out / path).samefile(ours.out / new) for new in same)


def _delete(ours: Belongings, paths: Iterable[str]) -> Removed:
    """Delete those of some files that are ours, and the folders that this leaves empty."""
    count, left, folders = 0, [], set()
    for path in paths:
        file = ours.out / path
        if ours.has(path) and os.path.lexists(file):
            file.unlink()
            count += 1
            folders |= {ours.out / parent for parent in Path(path).parents if parent.name}
        elif os.path.lexists(file):
            left.append(file)
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):  # it holds other files
            folder.rmdir()
    return Removed(count, tuple(left))


def _temporary(entry: Entry) -> str:
    """The name of a file that is not yet whole: short, and known from the journal."""
    return f".dlexport-{entry.sha256[:16]}.tmp"


def _delete_unfinished(out: Path, journal: Journal) -> None:
    """Delete what a killed build had not yet renamed."""
    for entry in journal.entries:
        with suppress(OSError):
            (out / entry.path).with_name(_temporary(entry)).unlink()


@contextmanager
def _failures(out: Path, what: str) -> Iterator[None]:
    """Say which place refuses, in place of an OSError."""
    try:
        yield
    except OSError as error:
        where = Path(error.filename2 or error.filename or out)
        if where.suffix == ".tmp":  # our own name for what is not yet complete
            where = where.parent
        raise ResourceError(f"{where}: cannot be {what}: {error.strerror}") from error
