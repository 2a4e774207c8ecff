"""What is written is read back as the same tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from conftest import REPOSITORY
from dlexport.document import Text
from dlexport.problems import Problems
from dlexport.reading.frontmatter import split
from dlexport.reading.markdown import parse
from dlexport.reading.source import Source
from dlexport.writing import write
from writing.trees import TEXTS

FILES = sorted(
    path
    for folder in ("content", "tests/specimen", "docs")
    for path in (REPOSITORY / folder).rglob("*.md")
)


def read(markdown: str) -> Text:
    """The tree of a file without front matter."""
    parsed = parse(Source(Path("q.md"), "q.md", markdown), markdown, Problems())
    return Text(parsed.blocks, footnotes=parsed.footnotes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    """All that people wrote: questions, the specimen, documentation."""
    source = Source(path, path.name, path.read_text(encoding="utf-8"))
    tree = read(split(source, Problems()).body)
    assert read(write(tree)) == tree


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_tree(tree: Text) -> None:
    """All that Markdown can spell; each run tries others."""
    assert read(write(tree)) == tree


@pytest.mark.large
@settings(max_examples=10_000, deadline=None)
@given(TEXTS)
def test_many_trees(tree: Text) -> None:
    """What is so rare that few runs meet it."""
    assert read(write(tree)) == tree
