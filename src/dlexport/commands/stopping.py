"""Ctrl-C, SIGTERM and a hang-up end the command within a second, whatever it is doing.

The main thread is told first, by an exception, so that it stops the workers and says what
became of the files. It may be in a library that comes back late, or in code that swallows
the exception. So another thread, which the system wakes, waits for a moment and then ends
the process. All temporary files of a command are in one folder, which goes in any case.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_GRACE = 0.4  # seconds that the main thread has to come to its end
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last is Windows'


class _Stop:
    """Whether the process was told to end, and by which signal."""

    def __init__(self) -> None:
        self.folder = ""  # of all temporary files
        self.number = 0
        self.status: int | None = None  # the command's own, once only Python's end is left

    def listen(self) -> None:
        """Answer signals from now on."""
        for number in self.numbers():
            signal.signal(number, self.begin)
        ours, self._others = socket.socketpair()
        self._others.setblocking(False)
        signal.set_wakeup_fd(self._others.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self.watch, args=(ours,), daemon=True).start()

    def begin(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal; those after the first change nothing."""
        if self.number:
            return
        self.number = number
        if self.status is not None:
            self._exit(128 + number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    def watch(self, news: socket.socket) -> None:
        """End the process if the main thread does not after a signal."""
        while True:
            number = int.from_bytes(news.recv(1), "big")
            if not number:
                return
            if number in self.numbers():
                end = time.monotonic() + _GRACE
                sys.setswitchinterval(1e-5)  # else threads that compute make each step wait
                import psutil  # noqa: F401  (on a busy machine that takes a part of the time)

                time.sleep(max(0.0, end - time.monotonic()))
                self.end(128 + number if self.status is None else self.status)

    def end(self, status: int) -> None:
        """End the process at once, with all that it has started."""
        _kill_descendants()
        threading.Thread(target=self._exit_soon, args=(status,), daemon=True).start()
        with suppress(Exception):
            atexit._run_exitfuncs()  # else names of semaphores stay in the system
        self._exit(status)

    def _exit_soon(self, status: int) -> None:
        """Wait for nothing that is slow to end."""
        time.sleep(_GRACE / 2)
        self._exit(status)

    def _exit(self, status: int) -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        os._exit(status)

    def numbers(self) -> list[int]:
        """The signals that end the command; not those that it was started to ignore."""
        found = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        return [number for number in found if signal.getsignal(number) != signal.SIG_IGN]


@contextmanager
def stoppable() -> Iterator[None]:
    """Answer signals in the block, which is all that the process does, from its main thread."""
    stop = _Stop()
    try:
        stop.listen()
        stop.folder = tempfile.tempdir = tempfile.mkdtemp(prefix="dlexport-")
        # It goes last: multiprocessing, loaded later, clears its own folder in it before.
        atexit.register(shutil.rmtree, stop.folder, ignore_errors=True)
        yield
        stop.status = 0
    except BaseException as error:
        stop.status = _status(error, stop.number)
        if stop.number:  # threads may be at work yet, and Python would wait for them
            stop.end(stop.status)
        raise
    finally:
        signal.set_wakeup_fd(-1)


def _kill_descendants() -> None:
    """End what this process has started, but for Python's own clearing of semaphores."""
    import psutil

    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if not any("resource_tracker" in word for word in process.cmdline()):
                process.kill()


def _status(error: BaseException, number: int) -> int:
    """What the command says of its end, or else of the signal."""
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return 128 + number
