"""A command as a user starts it: how long it takes, and the memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # seconds between two looks
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, and megabytes at the most."""

    seconds: float
    megabytes: float


def run(command: Sequence[str | Path], folder: Path) -> Taken:
    """Run a command in a folder. Raise CalledProcessError, with what it said, if it fails."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, process_group=0
    ) as process:
        peak = _Peak(process.pid)
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    # The system knows the first process better than looks at it do; Linux counts in kilobytes.
    return Taken(seconds, max(peak.kilobytes, usage.ru_maxrss) / 1024)


class _Peak:
    """Looks again and again at a group of processes; pages that they share count twice."""

    def __init__(self, group: int) -> None:
        self.kilobytes = 0
        self._group = group
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            self.kilobytes = max(self.kilobytes, _resident(self._group))


def _resident(group: int) -> int:
    """The kilobytes that the processes of a group have in memory; 0 where nobody can say."""
    pages = 0
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            # The program's name, which may hold anything, stands between brackets.
            numbers = (folder / "stat").read_text().rpartition(")")[2].split()
            pages += int(numbers[21]) if int(numbers[2]) == group else 0
        except (OSError, IndexError):
            continue  # it has just ended, or this is no Linux
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024
