"""What all workers of a run make once: whoever wants it first makes it, the others wait."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def folder_of_the_run(basetemp: Path) -> Path:
    """The temporary folder that the workers of this run share, and no other run.

    pytest-xdist gives each worker a folder of its own in it.
    """
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by `make`; if that failed, the next who wants it tries again."""
    done = folder.with_name(f"{folder.name}.done")
    with FileLock(f"{folder}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder
