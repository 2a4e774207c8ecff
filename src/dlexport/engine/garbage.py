"""Python's search for garbage, paused while much is made that stays."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Pause:
    """One for the process, as the search is: it goes on when the last who paused it is done."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if not self._count:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_on:
                gc.enable()


_pause = _Pause()


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Keep Python from looking for garbage in the block. Blocks of several threads may overlap."""
    _pause.begin()
    try:
        yield
    finally:
        _pause.end()
