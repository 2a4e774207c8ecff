"""A collection as a book: a chapter for each question, the cards' answers apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from jinja2 import Environment

from dlexport.exporters import Artifact, Context
from dlexport.exporters.epub.container import Item, zip_book
from dlexport.exporters.epub.renderer import EpubRenderer, chapter_name
from dlexport.model import Collection, Deck
from dlexport.templating import environment, long_date

_XHTML = "application/xhtml+xml"


class EpubExporter:
    """Writes `epub/<slug>.epub`."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """The book with every question."""
        data = _Book(collection, context).data()
        yield Artifact(PurePosixPath("epub", f"{collection.metadata.slug}.epub"), data)


class _Book:
    def __init__(self, collection: Collection, context: Context) -> None:
        self.collection = collection
        self.context = context
        self.renderer = EpubRenderer(collection)
        self.templates = _templates(collection, self.renderer, context)

    def data(self) -> bytes:
        title, *chapters = self._chapters()
        items = [
            Item("css/book.css", "text/css", self._render("epub/book.css")),
            title,
            self._chapter("nav.xhtml", "epub/nav.xhtml", role="nav"),
            *chapters,
            *self._pictures(),
        ]
        return zip_book(self._render("epub/package.opf", items=items), items)

    def _chapters(self) -> Iterator[Item]:
        yield self._chapter("text/title.xhtml", "epub/title.xhtml")
        if self.collection.introduction:
            yield self._chapter("text/introduction.xhtml", "epub/introduction.xhtml")
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
        if self.collection.by_tag:
            yield self._chapter("text/index.xhtml", "epub/index.xhtml")

    def _chapter(self, path: str, template: str, *, role: str = "", **values: Any) -> Item:
        return Item(path, _XHTML, self._render(template, **values), linear=True, role=role)

    def _pictures(self) -> Iterator[Item]:
        pictures = sorted(self.collection.pictures.values(), key=lambda p: p.name)
        for picture in {p.name: p for p in pictures if p.name in self.renderer.shown}.values():
            yield Item(f"images/{picture.name}", picture.media_type, picture.data)

    def _render(self, template: str, **values: Any) -> bytes:
        return self.templates.get_template(template).render(**values).encode()


def _templates(collection: Collection, renderer: EpubRenderer, context: Context) -> Environment:
    templates = environment(collection, renderer, context.templates)
    slug = collection.metadata.anki.namespace
    templates.globals |= {
        "context": context,
        "date": long_date(context.timestamp),
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, f'dlexport:{slug}/epub')}",
        "chapter_name": chapter_name,
        "part_name": part_name,
        "answers_name": answers_name,
    }
    return templates


def part_name(deck: Deck) -> str:
    """The name of the file that opens a deck's part."""
    return f"part-{deck.id}.xhtml"


def answers_name(deck: Deck) -> str:
    """The name of the file with the answers to a deck's cards."""
    return f"answers-{deck.id}.xhtml"
