"""Which tests are slow: those that start another program, and those that need seconds.

A test that asks one of the checkers of books has to be in their group, too: one worker starts
them, which takes ten seconds.
"""

from __future__ import annotations

import multiprocessing.util
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

# Whoever wants one of these waits until it is made.
FIXTURES = {"built", "specimen", "wheel", "kernel"}
QUICK = {"git", "ldconfig", "gcc", "cc", "ld", "objdump"}
CHECKERS = ("epubcheck_service.py", "browser.mjs")
EVENTS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "service.ask"}


class Notice:
    """Notes what programs are started; Python tells it of all but multiprocessing's."""

    def __init__(self) -> None:
        """Begin at once; there is no end, as audit hooks stay."""
        self.started: list[str] = []
        sys.addaudithook(self._note)
        self._spawn = multiprocessing.util.spawnv_passfds
        multiprocessing.util.spawnv_passfds = self._noted_spawn  # type: ignore[assignment]

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in EVENTS:
            return
        # Milliseconds: every build asks git for a date, and who first loads a library of
        # the system's asks the compiler where it lies.
        program = Path(str(arguments[0])).name if arguments else ""
        if program not in QUICK:
            self.started.append(f"{event} {arguments[:1]}")

    def _noted_spawn(self, path: bytes, *more: Any) -> int:
        self.started.append(f"multiprocessing {path!r}")
        return self._spawn(path, *more)


_notice = Notice()


def mark(item: pytest.Item) -> None:
    """Mark a test that wants a slow fixture."""
    if FIXTURES & set(getattr(item, "fixturenames", ())):
        item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Begin to notice with what the test's fixtures start."""
    _notice.started.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Fail a test that starts a program and is not marked `slow`, or a checker alone."""
    result = yield
    if _notice.started and item.get_closest_marker("slow") is None:
        pytest.fail(f"not marked slow, but starts a program: {_notice.started[0]}", pytrace=False)
    asked = [said for said in _notice.started if any(name in said for name in CHECKERS)]
    groups = [mark.args for mark in item.iter_markers("xdist_group")]
    if asked and ("books",) not in groups:
        pytest.fail(f"not in the group `books`, but asks a checker: {asked[0]}", pytrace=False)
    return result
