"""Tasks that mostly wait for others, side by side in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from typing import TypeVar

from dlexport.problems import MissingLibraryError

_R = TypeVar("_R")


class StoppedError(Exception):
    """The workers were stopped before the work was done."""


def run_side_by_side(
    tasks: Sequence[Callable[[], _R]], at_once: int, stop: Callable[[], None]
) -> list[_R]:
    """Run tasks, so many at a time; return their results in order.

    If one raises, or this thread is interrupted, `stop` is called, which makes the others
    raise StoppedError, unless a library of the system is missing: others may do without. They
    are waited for, but not after an interrupt.
    """
    threads = ThreadPoolExecutor(at_once)
    try:
        return _results([threads.submit(task) for task in tasks], stop)
    except Exception:
        threads.shutdown()
        raise
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _results(running: Sequence[Future[_R]], stop: Callable[[], None]) -> list[_R]:
    try:
        for task in as_completed(running):
            task.result()  # the first that fails, whatever its place
        return [task.result() for task in running]
    except StoppedError:  # one of the others has failed, and says why
        stop()
        wait(running)
        raise next(filter(None, map(_cause, running)), StoppedError()) from None
    except MissingLibraryError:
        raise
    except BaseException:
        stop()
        raise


def _cause(done: Future[_R]) -> BaseException | None:
    """What a task failed with, unless it only was stopped."""
    error = None if done.cancelled() else done.exception()
    return None if isinstance(error, StoppedError) else error
