"""Run a program within a limit of processor time."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

_LOOK = 1.0  # seconds between two looks at a program


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may take. None of it hangs on what else the machine has to do."""

    seconds: float = 60.0  # of processor time
    idle_looks: int = 60  # looks in a row, a second apart, at which it had computed nothing


@dataclass(frozen=True, slots=True)
class Result:
    """What a program gave."""

    status: int
    printed: str
    errors: str


class LimitError(Exception):
    """A program reached a limit: `message` says which, `hint` what its author can change."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def execute(
    command: Sequence[str], environment: Mapping[str, str], limits: Limits | None = None
) -> Result:
    """Run a command in an empty folder, without input, and give what it printed.

    `environment` is added to this process's own. Raise LimitError if the program, with
    all that it starts, reaches one of the limits; it is ended then.
    """
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env={**os.environ, **environment, "PYTHONUTF8": "1"},
        ) as process,
    ):
        try:
            printed, errors = _wait(process, limits or Limits())
        except BaseException:
            _end(process)
            raise
    return Result(process.returncode, printed, errors)


def _wait(process: subprocess.Popen[str], limits: Limits) -> tuple[str, str]:
    used, idle = 0.0, 0
    while True:
        try:
            return process.communicate(timeout=_LOOK)
        except subprocess.TimeoutExpired:
            before, used = used, max(used, _processor_time(process.pid))
        if used > limits.seconds:
            raise LimitError(
                f"takes more than {limits.seconds:.0f} s of processor time",
                "make the example smaller: fewer steps, less data",
            )
        idle = idle + 1 if used == before else 0
        if idle >= limits.idle_looks:
            raise LimitError(
                "waits for something that does not come",
                "take out what it waits for: there is no input, and nobody answers",
            )


def _processor_time(pid: int) -> float:
    """Seconds that a process and all that it started have computed; 0 if it is gone."""
    total = 0.0
    for process in _family(pid):
        with suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _end(process: subprocess.Popen[str]) -> None:
    for one in _family(process.pid):
        with suppress(psutil.Error):
            one.kill()


def _family(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []
