"""A command as a user starts it: how long it takes, and the memory of all its processes."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02  # seconds between two looks, for a command that is soon done
_SHARE = 0.02  # of the time so far, for a longer one: looking takes time from it
_SELDOM = 0.25  # seconds, the longest
_PROCESSES = Path("/proc")
_PROPORTIONAL = re.compile(r"^Pss:\s*(\d+) kB", re.M)


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
        said, _ = process.communicate()
        seconds = time.perf_counter() - start
        peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Taken(seconds, peak.kilobytes / 1024)


class _Peak:
    """Looks again and again at a group of processes; a page that they share counts once.

    That is their proportional set size, which only Linux tells. What the system says of a
    process that has ended will not do: it takes in the memory of this one, of which the
    process was a copy before it became the command.
    """

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
        start = time.perf_counter()
        while not self._done.wait(
            min(max(_EVERY, (time.perf_counter() - start) * _SHARE), _SELDOM)
        ):
            self.kilobytes = max(self.kilobytes, _resident(self._group))


def _resident(group: int) -> int:
    """The kilobytes that a group of processes has in memory now."""
    kilobytes = 0
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            # The program's name, which may hold anything, stands between brackets.
            numbers = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(numbers[2]) == group:
                found = _PROPORTIONAL.search((folder / "smaps_rollup").read_text())
                kilobytes += int(found[1]) if found else 0
        except (OSError, IndexError):
            continue  # it has just ended, or this is no Linux
    return kilobytes
