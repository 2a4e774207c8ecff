"""Where pure, slow work is done: once, on all processors, and never again.

Exporters hand over functions of module level with sources that know their own
digest. Results come from the cache where an earlier build made them, from this
build where another artifact wanted the same, and from worker processes else.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    CancelledError,
    Future,
    ProcessPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory
from typing import Protocol, Self, TypeVar

from dlexport.engine import worker
from dlexport.engine.cache import Cache, key_of
from dlexport.engine.tasks import StoppedError, run_side_by_side
from dlexport.problems import ResourceError

# A worker is replaced after so many pieces, so that what its libraries keep
# does not add up.
_PIECES_OF_A_WORKER = 200


class Source(Protocol):
    """What work is done on."""

    @property
    def digest(self) -> str:
        """The same for the same result."""


_S = TypeVar("_S", bound=Source)
_R = TypeVar("_R")


class Workers:
    """Does work in `jobs` processes, or with one job in this process.

    It is a context manager: left by an exception it stops its processes at
    once. Any thread may ask it.
    """

    def __init__(self, jobs: int = 1, cache: Cache | None = None) -> None:
        """Take the number of processes, and where results are kept for later builds."""
        self.jobs = jobs
        self._cache = cache or Cache()
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        # Python runs one thread at a time: who came first has its sources made first.
        self._making = threading.RLock()
        self._files: TemporaryDirectory[str] | None = None
        self._lifeline: Connection | None = None  # processes end when it is closed
        self._stopped = False
        self._known: dict[str, Future[bytes]] = {}
        self._names: dict[Future[bytes], str] = {}
        self._died_with: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self.stop()
        if self._pool:
            self._pool.shutdown()
        if self._lifeline:
            self._lifeline.close()
        if self._files:
            self._files.cleanup()

    @property
    def spare(self) -> int:
        """How many threads may work here besides this one: none where processes do."""
        return 0 if self._pool or self.jobs == 1 else self.jobs

    def go_on(self) -> None:
        """Raise StoppedError if the workers were stopped."""
        if self._stopped:
            raise StoppedError

    def stop(self) -> None:
        """Begin no more work, and break off what is under way in other processes."""
        self._stopped = True
        if self._pool:
            # Python 3.14 has a method for that, earlier versions this name alone.
            processes = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                with suppress(OSError, ValueError):  # it has ended
                    process.terminate()
        if self._lifeline:
            self._lifeline.close()

    def side_by_side(self, tasks: Sequence[Callable[[], _R]], at_once: int = 0) -> list[_R]:
        """Run tasks that mostly wait for work; return their results in order.

        All, or at most `at_once`, run at a time, with one job one. If one
        raises, or this thread is interrupted, the workers stop; where a library of the
        system is missing they do not, since others may do without. An interrupt does not
        wait for the tasks, which end when they next ask the workers.
        """
        if self.jobs == 1 or len(tasks) < 2:
            return [task() for task in tasks]
        return run_side_by_side(tasks, at_once or len(tasks), self.stop)

    def prepare(self, module: str) -> None:
        """Start the processes now and have them load a module, while this one goes on."""
        if self.jobs > 1:
            self._processes(module)
            # The server answers when it has loaded the module.
            threading.Thread(target=self._start_processes, args=(module,), daemon=True).start()

    def _start_processes(self, module: str) -> None:
        # It has been stopped meanwhile, or cannot be: then whoever has work will hear of it.
        with suppress(RuntimeError, OSError, EOFError):
            for _ in range(self.jobs):
                self._submit(worker.load, module)

    def do(self, work: Callable[[_S], bytes], sources: Iterable[_S], name: str) -> list[bytes]:
        """What `work` makes of each source, in their order; it begins while more are made.

        `name` is the artifact it is for. Raise what `work` raises, and
        ResourceError if a process dies or the workers were stopped.
        """
        try:
            with self._making:
                started = [self._start(work, source, name) for source in sources]
            return [future.result() for future in started]
        except (BrokenProcessPool, CancelledError) as error:
            if self._stopped:
                raise StoppedError from error
            names = ", ".join(self._died_with or [name])
            raise ResourceError(
                f"a process has died that worked on {names}, perhaps for want of memory: "
                "try --jobs 1"
            ) from error

    def _start(self, work: Callable[[_S], bytes], source: _S, name: str) -> Future[bytes]:
        key = key_of(work.__module__, work.__qualname__, source.digest)
        with self._lock:
            if key not in self._known:
                self._known[key] = self._kept(key) or self._begun(key, work, source, name)
            return self._known[key]

    def _kept(self, key: str) -> Future[bytes] | None:
        data = self._cache.get(key)
        if data is None:
            return None
        future: Future[bytes] = Future()
        future.set_result(data)
        return future

    def _begun(self, key: str, work: Callable[[_S], bytes], source: _S, name: str) -> Future[bytes]:
        self.go_on()
        if self.jobs > 1:
            future = self._submit(worker.worked, work, source)
        else:
            future = Future()
            try:
                future.set_result(work(source))
            except Exception as error:
                future.set_exception(error)
        self._names[future] = name
        future.add_done_callback(self._note_death)
        future.add_done_callback(functools.partial(self._keep, key))
        return future

    def _keep(self, key: str, done: Future[bytes]) -> None:
        if _error(done) is None:
            self._cache.put(key, done.result())

    def _note_death(self, done: Future[bytes]) -> None:
        """Note what was worked on when a process died: all of it fails, one after the other."""
        if not self._died_with and isinstance(_error(done), BrokenProcessPool):
            under_way = [done, *(other for other in self._names.copy() if other.running())]
            self._died_with = sorted({self._names[future] for future in under_way})

    def _submit(self, function: Callable[..., _R], *arguments: object) -> Future[_R]:
        with _interrupts_held_back():  # a process that is started here inherits that
            return self._processes().submit(function, *arguments)

    def _processes(self, module: str = "") -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context(worker.start_method())
            if module:
                context.set_forkserver_preload([module])
            self._files = TemporaryDirectory(prefix="dlexport-", ignore_cleanup_errors=True)
            other_end, self._lifeline = context.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(
                self.jobs,
                mp_context=context,
                initializer=worker.begin,
                initargs=(self._files.name, other_end),
                max_tasks_per_child=_PIECES_OF_A_WORKER,
            )
        return self._pool


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _error(done: Future[bytes]) -> BaseException | None:
    return CancelledError() if done.cancelled() else done.exception()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
