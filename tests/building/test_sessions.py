"""Two builds in one process do not meet: each has caches, macros and listings of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import pytest

from dlexport.building.export import export
from dlexport.building.load import load_checked
from dlexport.engine.cache import Cache
from dlexport.engine.workers import Workers
from dlexport.rendering.session import Session

FORMATS = ("anki", "epub", "pdf", "web")
MACROS = {"sets": r"\\mathbb{R}", "spaces": r"\\mathcal{H}_2"}
# The same words in both: what one build keeps must not serve the other.
QUESTION = "# Where does $x \\in \\X$ live?\n\nIn $\\X$.\n\n```python\nx = {name!r}\n```\n"


def collection(root: Path, name: str) -> Path:
    """A collection whose macro `X` is its own."""
    root.mkdir()
    (root / "q.md").write_text(QUESTION.replace("{name!r}", repr(name)), encoding="utf-8")
    text = f'title = "Same title"\n\n[macros]\nX = "{MACROS[name]}"\n'
    (root / "collection.toml").write_text(text, encoding="utf-8")
    return root


def build(root: Path, out: Path, cache: Path, together: Barrier) -> dict[str, str]:
    """The checksums of what a build makes; its stages begin with those of the others."""
    session = Session(Cache(cache))
    together.wait(60)
    loaded, _ = load_checked(root, session, strict=True)
    together.wait(60)
    with Workers(1, session.cache) as workers:
        made = export(loaded, FORMATS, out, session, workers)
    return {item.path.as_posix(): sha256(item.data).hexdigest() for item in made}


@pytest.mark.slow
def test_two_builds_at_once_are_those_made_alone(tmp_path: Path) -> None:
    """Other macros, caches and outputs, in two threads: the bytes of two builds by themselves."""
    roots = {name: collection(tmp_path / name, name) for name in MACROS}
    alone = {
        name: build(root, tmp_path / f"{name} alone", tmp_path / f"{name} kept", Barrier(1))
        for name, root in roots.items()
    }
    together = Barrier(len(roots))
    with ThreadPoolExecutor(len(roots)) as threads:
        running = {
            name: threads.submit(
                build, root, tmp_path / f"{name} out", tmp_path / f"{name} cache", together
            )
            for name, root in roots.items()
        }
        found = {name: future.result() for name, future in running.items()}
    assert found == alone
    for path in ("anki/same-title.apkg", "pdf/a4/book.pdf", "web/index.html"):
        assert alone["sets"][path] != alone["spaces"][path]


def test_sessions_share_nothing(tmp_path: Path) -> None:
    """Engines, listings and templates belong to the session that made them."""
    loaded, _ = load_checked(collection(tmp_path / "sets", "sets"), Session(), strict=True)
    one, other = Session(), Session()
    assert one.engine(loaded) is one.engine(loaded)
    assert one.engine(loaded) is not other.engine(loaded)
    assert one.listings is not other.listings
    assert one.compiled is not other.compiled
