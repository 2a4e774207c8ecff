"""A file that one process at a time holds, on every system, until it ends.

The lock is the system's own: whoever dies, in whatever way, holds nothing any more. So no
lock is ever out of date, and what the file says only tells others who holds it.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.05  # seconds between two tries
_FAR = 1 << 40  # Windows locks bytes, which then cannot be read: none is as far as that
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
_FLAGS = ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NOINHERIT", "O_NONBLOCK")


class HeldError(Exception):
    """Another process has held the file for too long; the message is what the file says."""


@contextmanager
def held(
    path: Path, patience: float, waiting: Callable[[], None] = lambda: None
) -> Iterator[io.FileIO]:
    """Hold a file, which is made where there is none, and give it, open to be read and written.

    Another process that holds it is waited for, at most `patience` seconds; `waiting` is
    called once then. A file that is empty at the end is deleted. A disk that has no locks
    is used without. Raise HeldError, and OSError where the file cannot be opened.
    """
    with _opened_and_locked(path, time.monotonic() + patience, waiting) as file:
        try:
            yield file
        finally:
            is_empty = not os.fstat(file.fileno()).st_size
            if is_empty and sys.platform != "win32":
                path.unlink(missing_ok=True)  # while it is held: nobody else can have it
    if is_empty and sys.platform == "win32":
        with suppress(OSError):  # another has it open
            path.unlink()


def _opened_and_locked(path: Path, end: float, waiting: Callable[[], None]) -> io.FileIO:
    has_told = False
    while True:
        file = _opened(path)
        try:
            if _locked(file) and _is_still_there(file, path):
                return file
            said = file.read().decode("utf-8", "replace")
        except BaseException:
            file.close()
            raise
        file.close()
        if time.monotonic() > end:
            raise HeldError(said)
        if not has_told:
            waiting()
            has_told = True
        time.sleep(_PAUSE)


def _opened(path: Path) -> io.FileIO:
    flags = os.O_RDWR | os.O_CREAT
    for name in _FLAGS:
        flags |= getattr(os, name, 0)
    number = os.open(path, flags, 0o666)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EEXIST, "it is not a regular file", os.fspath(path))
    return io.FileIO(number, "r+")


def _locked(file: io.FileIO) -> bool:
    """Whether the file is ours from now on."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        return error.errno in _NO_LOCKS
    return True


def _is_still_there(file: io.FileIO, path: Path) -> bool:
    """Whether the file has its name yet: who held it before may have deleted it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
