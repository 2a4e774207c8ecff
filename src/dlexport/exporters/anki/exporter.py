"""A collection as an Anki package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import genanki
from markupsafe import escape

from dlexport import cards
from dlexport.exporters import Artifact, Context
from dlexport.exporters.anki.notetypes import NOTE_TYPES, models
from dlexport.exporters.anki.package import pack
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.model import Card, Collection, Deck, Question
from dlexport.settings import stable_id
from dlexport.templating import environment


class AnkiExporter:
    """Writes `anki/<slug>.apkg`: one deck with a subdeck for each topic."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """One package with every card of the collection."""
        builder = _DeckBuilder(collection)
        data = pack(builder.decks(), builder.media(), context.timestamp)
        yield Artifact(PurePosixPath("anki", f"{collection.metadata.slug}.apkg"), data)


class _DeckBuilder:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.meta = collection.metadata
        self.renderer = AnkiRenderer(collection)
        self.templates = environment(collection, self.renderer)
        self.models = models(self.meta.title, self.meta.anki, self.templates)
        self.due = 0

    def decks(self) -> list[genanki.Deck]:
        """The deck of the whole collection, with its description, and its subdecks."""
        description = self.templates.get_template("anki/description.html").render()
        top = genanki.Deck(self.meta.anki.deck_id, _deck_name(self.meta.title), description)
        return [top, *(self._subdeck(deck) for deck in self.collection.decks)]

    def media(self) -> dict[str, bytes]:
        """The pictures that cards show, by the names that Anki knows them by."""
        return dict(sorted(self.renderer.shown_pictures().items()))

    def _subdeck(self, deck: Deck) -> genanki.Deck:
        number = stable_id("deck", self.meta.anki.namespace, deck.id)
        subdeck = genanki.Deck(number, f"{_deck_name(self.meta.title)}::{_deck_name(deck.title)}")
        for question in deck.questions:
            for card in question.cards:
                subdeck.add_note(self._note(deck, question, card))
        return subdeck

    def _note(self, deck: Deck, question: Question, card: Card) -> genanki.Note:
        self.due += 1
        note = _Note(
            model=self.models[card.kind],
            fields=[*self._sides(question, card), *self._context(deck, question, card)],
            tags=_tags(deck, question, card),
            guid=genanki.guid_for(self.meta.anki.namespace, f"{question.id}/{card.id}"),
            due=self.due,
        )
        if NOTE_TYPES[card.kind].is_cloze:
            note.ordinals = [number - 1 for number in cards.cloze_numbers(card)]
        return note

    def _sides(self, question: Question, card: Card) -> tuple[str, str]:
        if NOTE_TYPES[card.kind].is_cloze:
            return str(self.renderer.render_text(card.back, question, cloze=True)), ""
        return (
            str(self.renderer.render_text_inline(card.front, question)),
            str(self.renderer.render_text(card.back, question)),
        )

    def _context(self, deck: Deck, question: Question, card: Card) -> tuple[str, ...]:
        sources = self.templates.get_template("anki/sources.html").render(question=question)
        return (
            str(escape(f"{deck.title} · {question.id.replace('-', ' ')}")),
            str(self.renderer.render_text_inline(question.question, question)),
            str(self.renderer.render_text(question.short_answer, question)),
            str(question.difficulty or ""),
            sources.strip(),
            "",
            f"{question.id}/{card.id}",
            "",
            "",
        )


class _Note(genanki.Note):  # type: ignore[misc]
    """A note whose cards are counted by us: genanki overlooks some cloze deletions."""

    ordinals: list[int] | None = None

    @property
    def cards(self) -> list[genanki.Card]:
        """One card for each deletion, or what the note type's templates give."""
        if self.ordinals is None:
            return list(self._front_back_cards())
        return [genanki.Card(ordinal) for ordinal in self.ordinals]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: our fields are well-formed, and genanki's search takes quadratic time."""


def _deck_name(title: str) -> str:
    """A deck's name without the `::` that would make it a deck within a deck."""
    return title.replace("::", ": ")


def _tags(deck: Deck, question: Question, card: Card) -> list[str]:
    tags = [f"dl::deck::{deck.id}", f"dl::question::{question.id}", f"dl::{card.tier}"]
    if question.difficulty:
        tags.append(f"dl::difficulty::{question.difficulty}")
    return sorted([*tags, *(f"dl::topic::{tag}" for tag in question.tags)])
