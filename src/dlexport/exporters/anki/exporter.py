"""A collection as Anki packages: all cards, and the core ones alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import genanki
from markupsafe import escape

from dlexport import cards
from dlexport.exporters import Artifact, Context
from dlexport.exporters.anki import release
from dlexport.exporters.anki.identity import deck_name, note_guid
from dlexport.exporters.anki.notetypes import NOTE_TYPES, models, type_number
from dlexport.exporters.anki.package import pack
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.model import Card, Collection, Deck, Ledger, Question, Text, Tier
from dlexport.render.base import question_anchor
from dlexport.settings import stable_id
from dlexport.templating import environment

NO_EARLIER_RELEASE = (
    "no earlier release is known (no ledger.json, no --previous): who imports this over an "
    "earlier one gets every note anew and loses own tags and edits; see docs/anki.md"
)


class AnkiExporter:
    """Writes `anki/<slug>.apkg` and `anki/<slug>-core.apkg`."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """The package of all cards first. Raise ReleaseError for one that would do harm."""
        builder = _Builder(collection, context)
        slug = collection.metadata.slug
        full = builder.package(builder.notes)
        warnings = () if builder.earlier else (NO_EARLIER_RELEASE,)
        yield Artifact(PurePosixPath("anki", f"{slug}.apkg"), full, warnings)
        core = [note for note in builder.notes if note.tier is Tier.CORE]
        if core and len(core) < len(builder.notes):
            yield Artifact(PurePosixPath("anki", f"{slug}-core.apkg"), builder.package(core))


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with a time of change of its own, whose cards are counted by us.

    genanki overlooks some cloze deletions and some templates.
    """

    key: str
    tier: Tier
    deck: str
    ordinals: Sequence[int]
    modified: int

    @property
    def cards(self) -> list[genanki.Card]:
        """One card for each deletion or card template."""
        return [genanki.Card(ordinal) for ordinal in self.ordinals]

    def write_to_db(self, cursor: object, timestamp: float, *rest: object) -> None:
        """Write the note with its own time instead of the package's."""
        super().write_to_db(cursor, self.modified, *rest)

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: our fields are well-formed, and genanki's search takes quadratic time."""


class _Builder:
    """Makes the notes of a collection once, and packages of some or all of them."""

    def __init__(self, collection: Collection, context: Context) -> None:
        self.collection = collection
        self.context = context
        self.meta = collection.metadata
        self.renderer = AnkiRenderer(collection)
        self.templates = environment(collection, self.renderer, context.templates)
        self.earlier = self._earlier_release()
        self.models = models(self.meta.title, self.meta.anki, self.templates)
        self.notes = [
            self._note(deck, question, card, due)
            for due, (deck, question, card) in enumerate(_in_order(collection), 1)
        ]
        self._set_times()

    def package(self, notes: Sequence[_Note]) -> bytes:
        """The bytes of a package with these notes, in one deck with its subdecks."""
        description = self.templates.get_template("anki/description.html").render()
        top = genanki.Deck(self.meta.anki.deck_id, deck_name(self.meta.title), description)
        decks = [top]
        for deck in self.collection.decks:
            number = stable_id("deck", self.meta.anki.namespace, deck.id)
            subdeck = genanki.Deck(number, self._full_name(deck))
            for note in notes:
                if note.deck == subdeck.name:
                    subdeck.add_note(note)
            if subdeck.notes:
                decks.append(subdeck)
        shown = {n for note in notes for f in note.fields for n in re.findall(r'src="([^"]+)"', f)}
        media = {k: v for k, v in sorted(self.renderer.shown_pictures().items()) if k in shown}
        return pack(decks, media, self.context.timestamp)

    def _earlier_release(self) -> Ledger | None:
        if self.context.previous is None:
            return self.collection.ledger
        kinds = {type_number(kind, self.meta.anki): kind for kind in NOTE_TYPES}
        return release.read_package(self.context.previous, kinds)

    def _set_times(self) -> None:
        now, earlier = self.context.timestamp, self.earlier
        for kind, model in self.models.items():
            model.modified = release.type_modified(kind, model.to_json(now, 1), earlier, now)
        for note in self.notes:
            note.modified = release.modified(note.key, _digest(note), earlier, now)
        times = [m.modified for m in self.models.values()] + [n.modified for n in self.notes]
        release.check_time(now, earlier, anything_changed=now in times)

    def _full_name(self, deck: Deck) -> str:
        return deck_name(self.meta.title, deck.title)

    def _note(self, deck: Deck, question: Question, card: Card, due: int) -> _Note:
        key = f"{question.id}/{card.id}"
        note = _Note(
            model=self.models[card.kind],
            fields=[*self._sides(question, card), *self._context_fields(deck, question, card)],
            tags=self._tags(deck, question, card),
            guid=note_guid(self.meta.anki.namespace, key),
            due=due,
        )
        note.key, note.tier, note.deck = key, card.tier, self._full_name(deck)
        note.ordinals = _ordinals(card)
        return note

    def _sides(self, question: Question, card: Card) -> tuple[str, ...]:
        """The first fields, which depend on the kind of card."""
        if card.kind == cards.CLOZE:
            return self._block(card.back, question, cloze=True), ""
        front = str(self.renderer.render_text_inline(card.front, question))
        if card.kind == cards.TYPED:
            answer, rest = cards.typed_answer(card)
            return front, str(escape(answer)), self._block(rest, question)
        return front, self._block(card.back, question)

    def _block(self, text: Text, question: Question, *, cloze: bool = False) -> str:
        return str(self.renderer.render_text(text, question, cloze=cloze))

    def _context_fields(self, deck: Deck, question: Question, card: Card) -> tuple[str, ...]:
        sources = self.templates.get_template("anki/sources.html").render(question=question)
        site = self.meta.site
        return (
            str(escape(f"{deck.title} · {question.id.replace('-', ' ')}")),
            str(self.renderer.render_text_inline(question.question, question)),
            str(self.renderer.render_text(question.short_answer, question)),
            str(question.difficulty or ""),
            sources.strip(),
            f"{site}/{deck.id}.html#{question_anchor(question)}" if site else "",
            f"{question.id}/{card.id}",
            "",
            "",
        )

    def _tags(self, deck: Deck, question: Question, card: Card) -> list[str]:
        tags = [f"deck::{deck.id}", f"question::{question.id}", str(card.tier)]
        if question.difficulty:
            tags.append(f"difficulty::{question.difficulty}")
        tags += [f"topic::{tag}" for tag in question.tags]
        return sorted(f"{self.meta.anki.tag_prefix}::{tag}" for tag in tags)


def _in_order(collection: Collection) -> Iterator[tuple[Deck, Question, Card]]:
    for deck in collection.decks:
        for question in deck.questions:
            for card in question.cards:
                yield deck, question, card


def _ordinals(card: Card) -> list[int]:
    if card.kind == cards.CLOZE:
        return [number - 1 for number in cards.cloze_numbers(card)]
    return list(range(len(NOTE_TYPES[card.kind].templates)))


def _digest(note: _Note) -> str:
    return release.note_digest(note.fields, note.tags)
