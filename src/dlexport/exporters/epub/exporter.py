"""A collection as a book: a chapter for each question, the cards' answers apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from jinja2 import Environment

from dlexport.engine.cache import Cache, key_of
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.epub.container import Item, zip_book
from dlexport.exporters.epub.cover import HEIGHT, WIDTH, draw_cover
from dlexport.exporters.epub.pagination import Page, paginate
from dlexport.exporters.epub.renderer import DrawingEpubRenderer, EpubRenderer, chapter_name
from dlexport.model import Collection, Deck
from dlexport.rendering.filenames import file_name
from dlexport.rendering.formulas import drawing
from dlexport.rendering.templating import environment, long_date
from dlexport.study.maps import maps
from dlexport.study.plans import timetables

_XHTML = "application/xhtml+xml"
_FROM_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ps", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class Edition:
    """A way to show formulas: what it adds to the file's name, and what draws them."""

    suffix: str
    renderer: type[EpubRenderer]
    formulas: str


WITH_MATHML = Edition("", EpubRenderer, "MathML")
WITH_DRAWINGS = Edition("-svg", DrawingEpubRenderer, "drawings")


class EpubExporter:
    """Writes `epub/<slug>.epub`, and `epub/<slug>-svg.epub` for readers without MathML."""

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """The book with every question, in each edition."""
        cover = cover_of(collection, context.session.cache)
        # What the second edition shows is drawn while the first is made.
        tasks: list[Callable[[], Artifact | None]] = [
            partial(make, collection, context, WITH_MATHML, cover),
            *drawing(collection, context.session.engine(collection), workers),
        ]
        yield from filter(None, workers.side_by_side(tasks))
        yield make(collection, context, WITH_DRAWINGS, cover)


def make(collection: Collection, context: Context, edition: Edition, cover: bytes) -> Artifact:
    """One edition of the book, with a PNG for its cover."""
    book = _Book(collection, context, edition)
    path = PurePosixPath("epub", f"{file_name(collection.metadata.slug)}{edition.suffix}.epub")
    return Artifact(path, book.data(cover), tuple(book.renderer.left_out))


def cover_of(collection: Collection, cache: Cache) -> bytes:
    """The cover that all editions have, as a PNG."""
    metadata = collection.metadata
    count = len(collection.questions)
    lines = [f"{count} question{'s' * (count != 1)}", *metadata.authors]
    key = key_of("cover", metadata.title, *lines)
    return cache.kept(key, lambda: draw_cover(metadata.title, lines))


class _Book:
    def __init__(self, collection: Collection, context: Context, edition: Edition) -> None:
        self.collection = collection
        self.renderer = edition.renderer(collection, context.session)
        self.templates = _templates(collection, self.renderer, context, edition)
        self.timetables = timetables(collection)
        self.maps = maps(collection)
        self.templates.globals |= {"timetables": self.timetables, "maps": self.maps}

    def data(self, cover: bytes) -> bytes:
        chapters, pages = self._paginated()
        title, *others = chapters
        items = [
            Item("css/book.css", "text/css", self._render("epub/book.css")),
            Item("images/cover.png", "image/png", cover, role="cover-image"),
            self._chapter("text/cover.xhtml", "epub/cover.xhtml", width=WIDTH, height=HEIGHT),
            title,
            self._chapter("nav.xhtml", "epub/nav.xhtml", role="nav", pages=pages),
            *others,
            *self._pictures(),
        ]
        return zip_book(self._render("epub/package.opf", items=items), items)

    def _paginated(self) -> tuple[list[Item], list[Page]]:
        chapters, pages = zip(*paginate(self._chapters()), strict=True)
        return list(chapters), [page for some in pages for page in some]

    def _chapters(self) -> Iterator[Item]:
        yield self._chapter("text/title.xhtml", "epub/title.xhtml")
        if self.collection.introduction:
            yield self._chapter("text/introduction.xhtml", "epub/introduction.xhtml")
        if self.timetables:
            yield self._chapter("text/plans.xhtml", "epub/plans.xhtml")
        for deck in self.collection.decks:
            yield self._chapter(f"text/{part_name(deck)}", "epub/part.xhtml", deck=deck)
            for question in deck.questions:
                yield self._chapter(
                    f"text/{chapter_name(question)}",
                    "epub/question.xhtml",
                    deck=deck,
                    question=question,
                )
            yield self._chapter(f"text/{answers_name(deck)}", "epub/answers.xhtml", deck=deck)
        if self.maps:
            yield self._chapter("text/map.xhtml", "epub/map.xhtml")
        if self.collection.by_tag:
            yield self._chapter("text/index.xhtml", "epub/index.xhtml")

    def _chapter(self, path: str, template: str, *, role: str = "", **values: Any) -> Item:
        return Item(path, _XHTML, self._render(template, **values), linear=True, role=role)

    def _pictures(self) -> Iterator[Item]:
        for name, picture in sorted(self.renderer.shown_pictures().items()):
            yield Item(f"images/{name}", picture.media_type, picture.data)

    def _render(self, template: str, **values: Any) -> bytes:
        return self.templates.get_template(template).render(**values).encode()


def _templates(
    collection: Collection, renderer: EpubRenderer, context: Context, edition: Edition
) -> Environment:
    templates = environment(collection, renderer, context.templates)
    metadata = collection.metadata
    name = f"dlexport:{metadata.anki.namespace}/epub{edition.suffix}"
    templates.globals |= {
        "context": context,
        "date": long_date(context.timestamp),
        "edition": edition,
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        "direction": "rtl" if metadata.language[:2] in _FROM_RIGHT_TO_LEFT else "ltr",
        "chapter_name": chapter_name,
        "part_name": part_name,
        "answers_name": answers_name,
    }
    return templates


def part_name(deck: Deck) -> str:
    """The name of the file that opens a deck's part."""
    return f"part-{file_name(deck.id)}.xhtml"


def answers_name(deck: Deck) -> str:
    """The name of the file with the answers to a deck's cards."""
    return f"answers-{file_name(deck.id)}.xhtml"
