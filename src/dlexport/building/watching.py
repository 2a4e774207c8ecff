"""Do something again after each edit."""

from __future__ import annotations

import time
from collections.abc import Callable

_PAUSE = 0.3  # seconds between two looks at the files
_SHARE = 0.03  # of a processor, at most, for looking


def after_each_edit(state: Callable[[], object], action: Callable[[], None]) -> None:
    """Do it now, then again whenever `state` gives something else, for ever.

    An editor may take a file away before it puts the new one there: what changes is looked
    at until it is the same twice.
    """
    seen: object = None
    while True:
        start = time.process_time()
        found = state()
        pause = max(_PAUSE, (time.process_time() - start) / _SHARE)
        if found != seen:
            while (later := _after(_PAUSE / 3, state)) != found:
                found = later
            seen = found
            action()
        time.sleep(pause)


def _after(seconds: float, state: Callable[[], object]) -> object:
    time.sleep(seconds)
    return state()
