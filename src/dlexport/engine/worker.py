"""What goes on in a worker process, and how such processes come to be."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

_S = TypeVar("_S")

# The path of a socket may be no longer (unix(7)), and its names take 40 of that.
_LONGEST_FOLDER = 107 - 40


def start_method() -> str:
    """How worker processes come to be.

    A plain fork would copy locks that other threads hold. A server that has no threads
    loads libraries once for all; macOS's own do not bear to be copied even so (Python's
    default there is to start processes anew, too).
    """
    folder = os.fsencode(tempfile.gettempdir())  # where the server's socket is
    may_serve = sys.platform == "linux" and len(folder) <= _LONGEST_FOLDER
    return "forkserver" if may_serve else "spawn"


def begin(files: str, lifeline: Connection) -> None:
    """Make this process a worker that keeps its files in a folder.

    It ends when the other end of `lifeline` is closed, or its owner is gone.
    """
    tempfile.tempdir = files  # WeasyPrint's fonts would stay behind
    # Python looks for garbage after 700 new objects: that costs a thirtieth of a layout.
    # We look after each piece, and not at what was loaded before.
    gc.set_threshold(50_000)
    gc.freeze()
    # Ctrl-C reaches the whole group: the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline, files), daemon=True).start()


def _end_with(lifeline: Connection, files: str) -> None:
    """A parent that is killed cannot say so, and its pool would wait for ever."""
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    shutil.rmtree(files, ignore_errors=True)
    os._exit(1)


def load(module: str) -> None:
    """Import a module."""
    importlib.import_module(module)


def worked(work: Callable[[_S], bytes], source: _S) -> bytes:
    """What `work` makes of a source."""
    try:
        return work(source)
    finally:
        gc.collect()
