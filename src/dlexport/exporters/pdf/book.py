"""The book, and the sheet of its questions with the pages of the answers.

Each question is laid out by itself, so that the work can be shared out and
done again only where the text has changed. Contents and index follow with the
page numbers that came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from dlexport.exporters import Artifact
from dlexport.exporters.pdf.document import Layout, Source
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import AT_ONCE, Printer, Writer
from dlexport.problems import Problem
from dlexport.rendering.base import question_anchor
from dlexport.study.maps import maps
from dlexport.study.plans import timetables

_TEXT_EM = 42.0
_STYLE = "book"


def make(printer: Printer) -> list[Artifact]:
    """`book.pdf`, and `questions.pdf` with the pages on which the book answers them."""
    questions = printer.collection.questions
    writer = printer.writer(questions, _TEXT_EM, references=True)
    levels: list[int] = []
    study: dict[str, Any] = {
        "timetables": timetables(printer.collection),
        "maps": maps(printer.collection),
    }
    body = printer.lay_out(_body(writer, levels, study), "book")
    pages = _pages(body)
    length = sum(layout.pages for layout in body)
    ends = [
        writer.source("contents", pages=pages, length=length, **study),
        writer.source("index", _STYLE, pages=pages),
        # How many pages the index has, nobody knows yet; numbers too many do no harm.
        *printer.numbers("book", (length // AT_ONCE + 1) * AT_ONCE),
    ]
    front, index, *numbers = printer.lay_out(ends, "book")
    if length + index.pages > sum(some.pages for some in numbers):
        numbers = printer.lay_out(printer.numbers("book", length + index.pages), "book")
    parts = [Part(front), *map(Part, body, levels), Part(index)]
    makers = [
        partial(_book, printer, parts, numbers, writer.warnings),
        partial(_questions, printer, pages),
    ]
    return printer.workers.side_by_side(makers)


def _book(
    printer: Printer, parts: Sequence[Part], numbers: Sequence[Layout], warnings: Sequence[Problem]
) -> Artifact:
    first = parts[0].layout.pages
    return printer.artifact("book", parts, warnings, title="", furniture=numbers, first=first)


def _questions(printer: Printer, pages: Mapping[str, int]) -> Artifact:
    answers = {q.id: pages[question_anchor(q)] for q in printer.collection.questions}
    source = printer.writer((), _TEXT_EM).source("questions", pages=answers)
    parts = [Part(layout) for layout in printer.lay_out([source], "questions")]
    sources = printer.numbers("questions", sum(part.layout.pages for part in parts))
    numbers = printer.lay_out(sources, "questions")
    title = "Questions for a mock interview"
    return printer.artifact("questions", parts, title=title, furniture=numbers)


def _body(
    writer: Writer, levels: list[int], study: Mapping[str, Sequence[Any]]
) -> Iterator[Source]:
    """The body's pieces; adds the levels of their bookmarks to `levels`.

    `study` has the plans and maps, by the names that templates have for them.
    """
    collection = writer.printer.collection

    def source(level: int, template: str, **values: Any) -> Source:
        levels.append(level)
        return writer.source(template, _STYLE, **values)

    if collection.introduction:
        yield source(0, "introduction")
    if study["timetables"]:
        yield source(0, "plans", **study)
    for deck in collection.decks:
        yield source(0, "part", deck=deck)
        for question in deck.questions:
            yield source(1, "question", deck=deck, question=question)
        if any(q.own_cards for q in deck.questions):
            yield source(1, "answers", deck=deck)
    if study["maps"]:
        yield source(0, "map", **study)


def _pages(layouts: Sequence[Layout]) -> dict[str, int]:
    """The pages, from 1, on which the anchors of consecutive layouts stand."""
    found: dict[str, int] = {}
    before = 0
    for layout in layouts:
        found |= {anchor: before + page for anchor, page in layout.anchors.items()}
        before += layout.pages
    return found
