"""A message points at the character where what it speaks of begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY
from dlexport.document import (
    Citation,
    Cloze,
    FootnoteReference,
    FormulaBlock,
    HtmlInline,
    Image,
    InlineFormula,
    Link,
    Node,
    Span,
    plain,
    walk,
)
from dlexport.problems import Problems
from dlexport.reading.frontmatter import split
from dlexport.reading.markdown import parse
from dlexport.reading.source import Source

FILES = sorted(
    path for folder in ("content", "tests/specimen") for path in (REPOSITORY / folder).rglob("*.md")
)


def beginning(node: Node) -> str:
    """What stands in the file where a node begins; empty for one that is not pointed at."""
    match node:
        case InlineFormula(tex) | FormulaBlock(tex):
            return tex.partition("\n")[0]
        case Citation():
            return "[@"
        case FootnoteReference():
            return "[^"
        case Image():
            return "!["
        case HtmlInline(html):
            return html.partition("\n")[0]
        case Cloze():
            return "{{c"
        case Span() | Link():
            return "["
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    """All formulas, citations, notes, links, pictures and deletions that we have."""
    source = Source(path, path.name, path.read_text(encoding="utf-8"))
    parsed = parse(source, split(source, Problems()).body, Problems())
    nodes = list(walk((*parsed.blocks, *parsed.footnotes)))
    captions = {id(n) for image in nodes if isinstance(image, Image) for n in walk(image.caption)}
    for node in nodes:
        line, column = source.lines[node.place.line - 1], node.place.column - 1
        if id(node) in captions:
            assert line.startswith("![", column)
        elif isinstance(node, Link) and is_bare(node):  # anywhere in the address
            start = line.find(plain(node.children))
            assert start <= column <= start + len(node.target)
        else:
            assert line.startswith(beginning(node), column), node


def is_bare(link: Link) -> bool:
    """Whether a link is an address without marks around it."""
    return link.target.endswith(plain(link.children))


@pytest.mark.parametrize(
    ("markdown", "line", "column"),
    [
        ("where $w$", 1, 8),
        ("`$w$` and $w$", 1, 12),
        ("two\n`lines\nof` code $w$", 3, 11),
        ("> a\n> - b `x\n>   y` and\n>   $w$", 4, 6),
        ("a [link](b.md\n'title') $w$", 2, 11),
        ("| a | b |\n|---|---|\n| x | $w$ |", 3, 8),
        ("  $$\n  w\n  $$", 2, 3),
        ("- ```math\n  w\n  ```", 2, 3),
        ("a  \n$w$", 2, 2),
    ],
)
def test_where_a_formula_begins(markdown: str, line: int, column: int) -> None:
    """Beside words like it, below breaks of all kinds, in containers."""
    parsed = parse(Source(Path("q.md"), "q.md", markdown), markdown, Problems())
    (found,) = (n for n in walk(parsed.blocks) if isinstance(n, InlineFormula | FormulaBlock))
    assert (found.place.line, found.place.column) == (line, column)
