"""The cache is a help, never a hindrance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dlexport.engine.cache import Cache, key_of


def test_one_clears_what_another_looks_through(tmp_path: Path) -> None:
    """Folders that go while they are gone through are no fault."""
    cache = Cache(tmp_path)
    keys = [key_of(str(number)) for number in range(64)]

    def fill_and_clear() -> None:
        for _ in range(60):
            for key in keys:
                cache.put(key, b"x")
            cache.clear()

    with ThreadPoolExecutor(3) as threads:
        other = threads.submit(fill_and_clear)
        while not other.done():
            cache.prune()
        other.result()
