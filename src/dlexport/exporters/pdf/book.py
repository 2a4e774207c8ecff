"""The book, and the sheet of its questions with the pages of the answers.

Each question is laid out by itself, so that the work can be shared out and
done again only where the text has changed. Contents and index follow with the
page numbers that came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlexport.exporters import Artifact
from dlexport.exporters.pdf.document import Layout, Source
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import Printer, Writer
from dlexport.render.base import question_anchor

_TEXT_EM = 42.0
_STYLE = "book"


def make(printer: Printer) -> list[Artifact]:
    """`book.pdf`, and `questions.pdf` with the pages on which the book answers them."""
    questions = printer.collection.questions
    writer = printer.writer(questions, _TEXT_EM, references=True)
    levels, sources = zip(*_body(writer), strict=True)
    body = printer.lay_out(sources, "book")
    pages = _pages(body)
    length = sum(layout.pages for layout in body)
    ends = [
        writer.source("contents", pages=pages, length=length),
        writer.source("index", _STYLE, pages=pages),
        printer.writer((), _TEXT_EM).source(
            "questions", pages={q.id: pages[question_anchor(q)] for q in questions}
        ),
    ]
    front, index, sheet = printer.lay_out(ends, "book")
    parts = [Part(front), *map(Part, body, levels), Part(index)]
    return [
        printer.artifact(
            "book", parts, writer.warnings, title="", numbers="book", first=front.pages
        ),
        printer.artifact(
            "questions", [Part(sheet)], title="Questions for a mock interview", numbers="questions"
        ),
    ]


def _body(writer: Writer) -> Iterator[tuple[int, Source]]:
    """The body's pieces with the levels of their bookmarks."""
    collection = writer.printer.collection
    if collection.introduction:
        yield 0, writer.source("introduction", _STYLE)
    for deck in collection.decks:
        yield 0, writer.source("part", _STYLE, deck=deck)
        for question in deck.questions:
            yield 1, writer.source("question", _STYLE, deck=deck, question=question)
        if any(q.own_cards for q in deck.questions):
            yield 1, writer.source("answers", _STYLE, deck=deck)


def _pages(layouts: Sequence[Layout]) -> dict[str, int]:
    """The pages, from 1, on which the anchors of consecutive layouts stand."""
    found: dict[str, int] = {}
    before = 0
    for layout in layouts:
        found |= {anchor: before + page for anchor, page in layout.anchors.items()}
        before += layout.pages
    return found
