"""A JavaScript machine with limits of time, memory and depth.

quickjs ties a context to the thread that made it and needs more stack than some
platforms give a thread, so each machine has a thread of its own.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from quickjs import Context

_THREAD_STACK = 64 << 20
# The size of a stack is set for the whole process; the library does so too when it is loaded.
_ONE_AT_A_TIME = threading.Lock()
_SCRIPT_STACK = 16 << 20
# JSON writes half of a character that needs two 16-bit units, which is none, in this way.
_HALF = re.compile(r"(?<!\\)(?:\\\\)*\\ud[89a-f]")
_TOO_LONG = "takes too long"
_Result = TypeVar("_Result")


class ScriptError(Exception):
    """A script ran into a limit or broke; the message says which."""


class Machine:
    """Runs the functions of some scripts. Any thread may call it."""

    def __init__(self, scripts: Iterable[str], seconds: float, megabytes: int) -> None:
        """Take scripts in the order they build on each other; nothing runs before a call.

        `seconds` limits the processor time of one call, `megabytes` the memory of all.
        """
        self._scripts = tuple(scripts)
        self._seconds = seconds
        self._bytes = megabytes << 20
        self._context: Context | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._process = 0
        self._lock = threading.Lock()

    def call(self, function: str, *arguments: str | float | bool) -> Any:
        """Call a global function (`a.b` allowed) that gives JSON; return what that says.

        Raise ScriptError when a limit is reached or the script fails; the next call then
        starts with fresh scripts.
        """
        return self._on_thread(lambda: self._call(function, arguments))

    def load(self, script: str) -> None:
        """Run one more script, and what was waiting for it, until the machine starts afresh."""
        self._on_thread(lambda: self._load(script))

    def _on_thread(self, task: Callable[[], _Result]) -> _Result:
        with self._lock:
            # A forked process has the object but not its thread.
            if self._thread is None or self._process != os.getpid():
                self._context = None
                self._thread = _roomy_thread()
                self._process = os.getpid()
            return self._thread.submit(task).result()

    def _call(self, function: str, arguments: tuple[str | float | bool, ...]) -> Any:
        # quickjs counts what all threads of the process compute, so that a call beside others
        # would be broken off too early: then it gets more, up to its own time.
        limit = self._seconds
        while True:
            begin = time.thread_time()
            try:
                return self._call_within(limit, function, arguments)
            except ScriptError as error:
                own = time.thread_time() - begin
                if str(error) != _TOO_LONG or own >= self._seconds:
                    raise
                limit *= 2

    def _call_within(
        self, seconds: float, function: str, arguments: tuple[str | float | bool, ...]
    ) -> Any:
        with self._guarded() as context:
            context.set_time_limit(seconds)
            answer: str = context.eval(function)(*arguments)
            if _HALF.search(answer):
                raise ValueError("half a character came out")
            return json.loads(answer)

    def _load(self, script: str) -> None:
        with self._guarded() as context:
            context.eval(script)
            while context.execute_pending_job():
                pass

    @contextmanager
    def _guarded(self) -> Iterator[Context]:
        context = self._started()
        try:
            yield context
        except Exception as error:
            self._context = None  # whatever state it is in
            raise ScriptError(_explain(error)) from error
        finally:
            context.set_time_limit(-1)

    def _started(self) -> Context:
        if self._context is None:
            from quickjs import Context

            self._context = Context()
            self._context.set_max_stack_size(_SCRIPT_STACK)
            self._context.set_memory_limit(self._bytes)
            for script in self._scripts:
                self._context.eval(script)
        return self._context


class Machines:
    """Machines with the same scripts: one, or as many as `limit` is set to."""

    def __init__(self, scripts: Iterable[str], seconds: float, megabytes: int) -> None:
        """Take what each `Machine` takes."""
        self._scripts = tuple(scripts)
        self._seconds = seconds
        self._megabytes = megabytes
        self.limit = 1
        self._working = 0
        self._idle: list[Machine] = []
        self._returned = threading.Condition()

    @contextmanager
    def one(self) -> Iterator[Machine]:
        """A machine for this thread alone, as soon as there is one."""
        with self._returned:
            self._returned.wait_for(lambda: self._working < self.limit)
            self._working += 1
            machine = self._idle.pop() if self._idle else self._new()
        try:
            yield machine
        finally:
            with self._returned:
                self._working -= 1
                self._idle.append(machine)
                self._returned.notify()

    def _new(self) -> Machine:
        return Machine(self._scripts, self._seconds, self._megabytes)


def _roomy_thread() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    with _ONE_AT_A_TIME:
        import_module("quickjs")
        before = threading.stack_size(_THREAD_STACK)
        try:
            thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="formulas")
            thread.submit(int).result()  # starts it, while the setting holds
        finally:
            threading.stack_size(before)
    return thread


def _explain(error: Exception) -> str:
    text = str(error).strip().split("\n")[0]
    if "interrupted" in text:
        return _TOO_LONG
    # quickjs has no memory left to say so: it throws null.
    if "out of memory" in text or text == "null":
        return "takes too much memory"
    if "stack" in text.lower():
        return "is nested too deeply"
    return f"breaks the math engine: {text}"
