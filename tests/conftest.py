"""What several tests share: our own collection, built once, and small ones made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dlexport import pipeline
from dlexport.model import Collection

REPOSITORY = Path(__file__).parents[1]
CONTENT = REPOSITORY / "content"
FORMATS = ("anki", "pdf", "epub", "web")

Make = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session")
def collection() -> Collection:
    """Our own collection, checked."""
    return pipeline.load_checked(CONTENT, strict=False)[0]


@pytest.fixture(scope="session")
def built(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every artifact of our own collection."""
    out = tmp_path_factory.mktemp("built")
    pipeline.build(collection, FORMATS, out, lambda _: None)
    return out


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write files into a new collection's folder and give the folder."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "content"
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


def load(root: Path) -> Collection:
    """Load a collection that has no errors."""
    return pipeline.load_checked(root, strict=False)[0]
