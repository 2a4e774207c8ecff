"""Page breaks for a book that was never printed.

Readers who share a book say "page 212", which differs with each screen. So
the text carries marks, a page being so many characters, as EPUB Accessibility
1.1 (4.3) has it for publications without a print source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dlexport.exporters.epub.container import Item

_PAGE = 1800  # characters, what a typist's page holds (30 lines of 60)
# Where a page may begin: before a paragraph's text, and where a chapter does.
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>")
_CHAPTER = re.compile(r"<h[12][^>]*>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number, and where it begins."""

    number: int
    address: str


def paginate(chapters: Iterable[Item]) -> Iterator[tuple[Item, list[Page]]]:
    """Each chapter with marks for its pages, numbered through the book."""
    number = 0
    for chapter in chapters:
        text = chapter.data.decode()
        places = list(_places(text))
        pages = [
            Page(number + i, f"{chapter.path}#page-{number + i}") for i in range(1, len(places) + 1)
        ]
        parts = []
        before = 0
        for page, place in zip(pages, places, strict=True):
            parts += [text[before:place], _mark(page.number)]
            before = place
        number += len(pages)
        yield replace(chapter, data=("".join(parts) + text[before:]).encode()), pages


def _places(text: str) -> Iterator[int]:
    """Where marks are due: in the chapter's heading, then after a page's worth of text."""
    heading = _CHAPTER.search(text)
    if not heading:
        return
    yield heading.end()
    before = heading.end()
    shown = 0
    for paragraph in _PARAGRAPH.finditer(text, before):
        shown += len(_TAG.sub("", text[before : paragraph.start()]))
        before = paragraph.end()
        if shown >= _PAGE:
            yield paragraph.end()
            shown = 0


def _mark(number: int) -> str:
    return (
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{number}" '
        f'aria-label="{number}"></span>'
    )
