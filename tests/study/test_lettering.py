"""Letters are measured and drawn alike, however many threads draw at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dlexport.study import lettering

LINE = "Prerequisites: Größe, Ελλάδα и слова"
THREADS = 8


@pytest.fixture
def eager() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def drawn(together: Barrier) -> tuple[float | None, str]:
    """A line's width and shapes."""
    together.wait(60)
    letters = lettering.Letters()
    letters.line(LINE, 0, 0, 10)
    return lettering.width(LINE, 10), letters.definitions


@pytest.mark.usefixtures("eager")
def test_a_font_that_nobody_has_opened_yet_serves_many_threads() -> None:
    """fontTools unpacks tables on demand: a second thread found them half unpacked."""
    alone = drawn(Barrier(1))
    lettering._glyph.cache_clear()
    lettering._font.cache_clear()
    together = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        found = [threads.submit(drawn, together) for _ in range(THREADS)]
    assert [one.result() for one in found] == [alone] * THREADS
