"""Do something again after each edit."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dlexport.building.folders import state

_PAUSE = 0.3  # seconds between two looks at the files


def after_each_edit(folders: Sequence[Path], action: Callable[[], None]) -> None:
    """Do it now, then again whenever a file in the folders has changed, for ever."""
    seen: object = None
    while True:
        found = state(*folders)
        if found != seen:
            seen = found
            action()
        time.sleep(_PAUSE)
