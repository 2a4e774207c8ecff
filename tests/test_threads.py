"""What a process has once, its builds in several threads may use at the same time."""

from __future__ import annotations

import gc
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import TypeVar

import pikepdf
import pytest
from pygments.lexers import PythonLexer

from dlexport.engine.garbage import without_garbage_collection
from dlexport.exporters.pdf import join
from dlexport.math import Formula, MathEngine
from dlexport.math.javascript import Machine
from dlexport.reading.markdown.parser import parser
from dlexport.rendering.highlight import Listings

THREADS = 8
_R = TypeVar("_R")


@pytest.fixture(autouse=True)
def eager() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(task: Callable[[], _R]) -> list[_R]:
    """What a task gives in several threads that begin together."""
    together = Barrier(THREADS)

    def begun() -> _R:
        together.wait(60)
        return task()

    with ThreadPoolExecutor(THREADS) as threads:
        running = [threads.submit(begun) for _ in range(THREADS)]
    return [future.result() for future in running]


def test_a_parser_that_nobody_has_used_yet() -> None:
    """markdown-it's lists of rules are seen by others while they are made: text was lost."""
    text = "# Title\n\n- *one* `two`\n\n> | a | b |\n> |---|---|\n> | $x$ | [link](y) |\n"
    alone = [token.as_dict() for token in parser().parse(text)]
    for _ in range(20):
        parser.cache_clear()
        found = parser()
        assert found.block.ruler.__cache__ is not None
        for tokens in at_once(lambda: found.parse(text)):  # noqa: B023  (all end in the loop)
            assert [token.as_dict() for token in tokens] == alone


def test_rules_of_a_language_that_nobody_has_used_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pygments numbers the states of a language in its class while it reads its rules."""
    original, reading = PythonLexer.get_tokendefs, []

    def get_tokendefs() -> object:
        reading.append("one")
        time.sleep(0.01)
        assert reading == ["one"]
        reading.pop()
        return original()

    alone = Listings().highlight("f'{x!r}\\n'", "python")
    monkeypatch.setattr(PythonLexer, "get_tokendefs", staticmethod(get_tokendefs), raising=False)
    del PythonLexer._tokens
    found = at_once(lambda: Listings().highlight("f'{x!r}\\n'", "python"))
    assert found == [alone] * THREADS


def test_garbage_is_looked_for_again_when_all_have_read() -> None:
    """Whoever found the search paused by another left it off for good."""
    both_read, first_left = threading.Event(), threading.Event()

    def second() -> None:
        with without_garbage_collection():
            both_read.set()
            assert first_left.wait(60)
            assert not gc.isenabled()

    assert gc.isenabled()
    with ThreadPoolExecutor(1) as threads:
        with without_garbage_collection():
            other = threads.submit(second)
            assert both_read.wait(60)
        first_left.set()
        other.result()
    assert gc.isenabled()


def test_garbage_stays_where_it_was_not_looked_for() -> None:
    """Who has it off keeps it off."""
    gc.disable()
    try:
        with without_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_with_much_stack_change_no_others() -> None:
    """The size of a stack is the process's: each formula's thread sets it for a moment."""
    nested = "(function f(n) { return n ? f(n - 1) : JSON.stringify('deep'); })"

    def deep() -> object:
        machine = Machine([], 60, 512)
        return machine.call(f"(function () {{ return {nested}(5000); }})")

    for _ in range(5):
        assert at_once(deep) == ["deep"] * THREADS
        assert threading.stack_size() == 0


def test_results_are_taken_while_others_draw() -> None:
    """A session that serves two builds keeps the results of one while the other goes on."""
    engine = MathEngine()

    class Asked(set[Formula]):
        """Where another thread has its turn whenever somebody looks."""

        def __contains__(self, formula: object) -> bool:
            engine.restore(
                b'[[["%d", false, 0, "<svg/>", "", 1, 1, 0, null]], [["%d", false, ""]]]'
                % ((len(engine._drawings),) * 2)
            )
            return True

    engine._asked = Asked()
    assert Formula("") in engine._asked
    assert engine.results()


def test_warnings_are_as_they_were_when_all_are_joined() -> None:
    """Python's list of what is warned of is the process's, and put back as it was found."""
    part = pikepdf.new()
    part.add_blank_page()
    annotation = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, StructParent=0)
    page = part.pages[0].obj
    page.Annots, page.StructParents = pikepdf.Array([annotation]), 0
    page.Resources = pikepdf.Dictionary()
    document = pikepdf.Dictionary(K=pikepdf.Array([]))
    numbers = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([])]))
    tags = pikepdf.Dictionary(K=pikepdf.Array([document]), ParentTree=numbers)
    part.Root.StructTreeRoot = part.make_indirect(tags)
    data = BytesIO()
    part.save(data)

    def append() -> None:
        for _ in range(50):
            whole, more = (pikepdf.open(BytesIO(data.getvalue())) for _ in range(2))
            join._appended(whole, more)

    before = list(warnings.filters)
    at_once(append)
    assert warnings.filters == before
