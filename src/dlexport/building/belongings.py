"""What in an output folder is ours: files that a build of ours wrote, byte for byte.

A name is no proof of origin. A file is ours if its bytes are those that the manifest, or the
journal of a build that was killed, gives for its path. All else stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dlexport.building.journal import Journal
from dlexport.building.manifest import CHECKSUMS, MANIFEST, Entry, Manifest, checksums, read
from dlexport.problems import ResourceError
from dlexport.reading.ids import folded


@dataclass(frozen=True)
class Belongings:
    """What the manifest and the journal of the folder `out` say that builds wrote."""

    out: Path
    manifest: Manifest | None
    noted: Sequence[Entry]
    _by_name: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def find(cls, out: Path, journal: Journal, *, force: bool = False) -> Belongings:
        """Look through a folder. Raise ResourceError if its manifest is not ours, or `force` it."""
        try:
            manifest = read(out)
        except ResourceError as error:
            if not force:
                raise ResourceError(f"{error}; --force replaces it") from error
            manifest = None
        found = cls(out, manifest, journal.entries)
        for entry in (*found.listed, *found.noted):
            found._by_name.setdefault(folded(entry.path), []).append(entry)
        return found

    @property
    def listed(self) -> Sequence[Entry]:
        """What the manifest names."""
        return self.manifest.entries if self.manifest else ()

    def has(self, path: str) -> bool:
        """Whether the file of that path is ours."""
        file = self.out / path
        if path == MANIFEST and self.manifest:
            return True
        if path == CHECKSUMS and self.manifest and self._sums(self.manifest).matches(file):
            return True
        return self.holds(path) and any(
            entry.matches(file) and (entry.path == path or _is_one(self.out / entry.path, file))
            for entry in self._by_name.get(folded(path), ())
        )

    def lists(self) -> Iterator[Entry]:
        """The entries of the two lists themselves, as they are now, where they are ours."""
        for path in (MANIFEST, CHECKSUMS):
            with suppress(OSError):
                if self.has(path):
                    yield Entry.of(path, (self.out / path).read_bytes())

    def holds(self, path: str) -> bool:
        """Whether a path stays in the folder: no link on the way leads out."""
        return (self.out / path).parent.resolve().is_relative_to(self.out.resolve())

    def present(self) -> dict[str, Entry]:
        """The entries of all files but the two lists that are there, by their paths.

        One that was changed since the manifest named it has its entry yet. What only a
        journal names may never have been written: it counts as it was to be.
        """
        found = {e.path: e for e in self.listed if os.path.lexists(self.out / e.path)}
        for entry in self.noted:
            if entry.path not in (MANIFEST, CHECKSUMS) and entry.matches(self.out / entry.path):
                found[entry.path] = entry
        return found

    def _sums(self, manifest: Manifest) -> Entry:
        text = (self.out / MANIFEST).read_bytes()
        return Entry.of(CHECKSUMS, checksums(manifest.entries, text))


def refuse_to_replace(ours: Belongings, paths: Sequence[str], *, force: bool) -> None:
    """Raise ResourceError where a file would take a stranger's place, or lie outside.

    With `force` it may take the place of another file, but never of a folder.
    """
    for folder in sorted({parent for path in paths for parent in Path(path).parents}):
        _refuse_folder(ours, folder)
    strange = [p for p in paths if os.path.lexists(ours.out / p) and not ours.has(p)]
    for path in (ours.out / path for path in strange):
        if path.is_dir() and not path.is_symlink():
            raise ResourceError(f"{path}: is a folder where a file must go: move it")
    if strange and not force:
        raise ResourceError(
            f"{_named(ours.out, strange)}: not written by dlexport, or changed since: move it, "
            "choose another folder with --out, or let --force replace it"
        )


def _refuse_folder(ours: Belongings, folder: Path) -> None:
    path = ours.out / folder
    if path == ours.out:
        return
    if not ours.holds(f"{folder}/file"):
        raise ResourceError(
            f"{path}: is a link that leads out of {ours.out}: nothing is written there"
        )
    if os.path.lexists(path) and not path.is_dir() and not ours.has(folder.as_posix()):
        raise ResourceError(f"{path}: is a file where a folder must be: move it")


def _named(out: Path, paths: Sequence[str]) -> str:
    """The first of some files, and how many more there are."""
    shown = ", ".join(str(out / path) for path in paths[:3])
    return shown + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _is_one(first: Path, second: Path) -> bool:
    """Whether two names are one file, as on a disk that does not tell upper case from lower."""
    try:
        return first.samefile(second)
    except OSError:
        return False
