"""What a build is about to write, noted before it does, so that the next one knows it.

A build that is killed has written some files that no manifest names. Its journal stays
behind and says which they are, by checksums: a file with other bytes is a stranger's. The
journal is also the lock of an output folder. A build that comes to its end deletes it.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from dlexport.building.manifest import Entry
from dlexport.engine.lock import HeldError, held
from dlexport.problems import ResourceError

JOURNAL = ".dlexport-journal"
_PATIENCE = 60.0  # seconds; another build writes for one or two
_BEGINNING = '{"format": "dlexport journal"'


class Journal:
    """The files that builds may have written into a folder without an end, by checksums."""

    def __init__(self, path: Path, file: FileIO) -> None:
        """Read it. Raise ResourceError if the file is no journal."""
        self._file = file
        text = file.read().decode("utf-8", "replace")
        # A build may have been killed within the first words.
        if not (text.startswith(_BEGINNING) or _BEGINNING.startswith(text)):
            raise ResourceError(
                f"{path}: was not written by dlexport, which needs a file of that name: "
                "give it another"
            )
        self._begins_a_line = not text or text.endswith("\n")
        self._size = file.tell()
        self.entries = list(_read(text))

    def add(self, entries: Iterable[Entry]) -> None:
        """Note files before they are written. Raise OSError; then it is as it was."""
        lines = [f"{_BEGINNING}, {json.dumps(_holder())[1:]}"]
        lines += [json.dumps(entry.data) for entry in entries]
        text = "".join(f"{line}\n" for line in lines)
        rest = ("" if self._begins_a_line else "\n").encode() + text.encode()
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except BaseException:
            self.take_back()
            raise

    def take_back(self) -> None:
        """Leave what earlier builds have noted, and no more."""
        with suppress(OSError):
            self._file.truncate(self._size)

    def end(self) -> None:
        """Forget everything: the manifest now says what there is."""
        self._file.truncate(0)


@contextmanager
def opened(out: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[Journal]:
    """The journal of a folder, which nobody else writes into until the block ends.

    `tell` is told when another build is waited for. Raise ResourceError if that takes too
    long, and OSError where the folder cannot be written into.
    """
    path = out / JOURNAL
    try:
        with held(path, _PATIENCE, lambda: tell(f"waiting for another build in {out}")) as file:
            yield Journal(path, file)
    except HeldError as error:
        raise ResourceError(
            f"{out}: {_named(str(error))} has been writing there for a minute: wait for its end, "
            "or stop it"
        ) from error


def _holder() -> dict[str, str | int]:
    return {"process": os.getpid(), "host": socket.gethostname()}


def _named(journal: str) -> str:
    """Who holds a journal, by the last line that says so."""
    for line in reversed(journal.splitlines()):
        with suppress(ValueError, KeyError, TypeError):
            holder = json.loads(line)
            return f"process {holder['process']} on {holder['host']}"
    return "another process"


def _read(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        with suppress(ValueError, RecursionError):  # where a build was killed within a line
            entry = Entry.read(json.loads(line))
            if entry:
                yield entry
