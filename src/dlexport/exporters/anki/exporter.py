"""A collection as Anki packages: all cards, and the core ones alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath

import genanki
from markupsafe import escape

from dlexport.document import Text
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.anki import release
from dlexport.exporters.anki.identity import deck_name, note_guid
from dlexport.exporters.anki.note import Note
from dlexport.exporters.anki.notetypes import NOTE_TYPES, models, type_number
from dlexport.exporters.anki.package import pack
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.ledger import Ledger
from dlexport.model import Card, Collection, Deck, Question, Tier
from dlexport.reading import cards, choices
from dlexport.reading.settings import stable_id
from dlexport.rendering.base import question_anchor
from dlexport.rendering.templating import environment

NO_EARLIER_RELEASE = (
    "no earlier release is known (no ledger.json, no --previous): who imports this over an "
    "earlier one gets every note anew and loses own tags and edits; see docs/anki.md"
)


class AnkiExporter:
    """Writes `anki/<slug>.apkg` and `anki/<slug>-core.apkg`."""

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """The package of all cards first. Raise ReleaseError for one that would do harm."""
        builder = _Builder(collection, context)
        slug = collection.metadata.slug
        full = builder.package(builder.notes)
        warnings = () if builder.earlier else (NO_EARLIER_RELEASE,)
        yield Artifact(PurePosixPath("anki", f"{slug}.apkg"), full, warnings)
        core = [note for note in builder.notes if note.tier is Tier.CORE]
        if core and len(core) < len(builder.notes):
            yield Artifact(PurePosixPath("anki", f"{slug}-core.apkg"), builder.package(core))


class _Builder:
    """Makes the notes of a collection once, and packages of some or all of them."""

    def __init__(self, collection: Collection, context: Context) -> None:
        self.collection = collection
        self.context = context
        self.meta = collection.metadata
        self.renderer = AnkiRenderer(collection, context.session)
        self.templates = environment(collection, self.renderer, context.templates)
        self.earlier = self._earlier_release()
        self.models = models(self.meta.title, self.meta.anki, self.templates)
        self.notes = list(self._notes())
        self._set_times()

    def package(self, notes: Sequence[Note]) -> bytes:
        """The bytes of a package with these notes, in one deck with its subdecks."""
        description = self.templates.get_template("anki/description.html").render()
        top = genanki.Deck(self.meta.anki.deck_id, deck_name(self.meta.title), description)
        by_deck: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            by_deck[note.deck].append(note)
        decks = [top]
        for deck in self.collection.decks:
            number = stable_id("deck", self.meta.anki.namespace, deck.id)
            subdeck = genanki.Deck(number, self._full_name(deck))
            subdeck.notes = by_deck.pop(subdeck.name, [])
            if subdeck.notes:
                decks.append(subdeck)
        return pack(decks, self._media(notes), self.context.timestamp)

    def _media(self, notes: Sequence[Note]) -> dict[str, bytes]:
        """The pictures that these notes show, by name."""
        pictures = {n: p.data for n, p in self.renderer.shown_pictures().items()}
        fields = {f for note in notes for f in note.fields} if pictures else ()
        shown = {name for field in fields for name in re.findall(r'src="([^"]+)"', field)}
        return {name: pictures[name] for name in sorted(pictures) if name in shown}

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

    def _notes(self) -> Iterator[Note]:
        """The notes in the order of the book; what those of a question share is made once."""
        numbers = count(1)
        for deck in self.collection.decks:
            name = self._full_name(deck)
            for question in deck.questions:
                context = self._context_fields(deck, question)
                tags = {tier: self._tags(deck, question, tier) for tier in Tier}
                for card in question.cards:
                    key = f"{question.id}/{card.id}"
                    yield Note(
                        key=key,
                        tier=card.tier,
                        deck=name,
                        model=self.models[card.kind],
                        fields=(*self._sides(question, card), *context, key, "", ""),
                        tags=tags[card.tier],
                        guid=note_guid(self.meta.anki.namespace, key),
                        due=next(numbers),
                        ordinals=_ordinals(card),
                    )

    def _sides(self, question: Question, card: Card) -> tuple[str, ...]:
        """The first fields, which depend on the kind of card."""
        if card.kind == cards.CLOZE:
            return self._block(card.back, question, cloze=True), ""
        front = str(self.renderer.render_text_inline(card.front, question))
        if card.kind == cards.TYPED:
            answer, rest = cards.typed_answer(card)
            return front, str(escape(answer)), self._block(rest, question)
        if card.kind == cards.CHOICE:
            right = self.renderer.render_text_inline(choices.right_answer(card), question)
            shown = (choices.options(card), choices.reasons(card))
            listed, why = (self._block(text, question) for text in shown)
            return front, listed, str(right), why
        return front, self._block(card.back, question)

    def _block(self, text: Text, question: Question, *, cloze: bool = False) -> str:
        return str(self.renderer.render_text(text, question, cloze=cloze))

    def _context_fields(self, deck: Deck, question: Question) -> tuple[str, ...]:
        """The fields between a card's sides and its id."""
        sources = self.templates.get_template("anki/sources.html").render(question=question)
        site = self.meta.site
        return (
            str(escape(f"{deck.title} · {question.id.replace('-', ' ')}")),
            str(self.renderer.render_text_inline(question.question, question)),
            str(self.renderer.render_text(question.short_answer, question)),
            str(question.difficulty or ""),
            sources.strip(),
            f"{site}/{deck.id}.html#{question_anchor(question)}" if site else "",
        )

    def _tags(self, deck: Deck, question: Question, tier: Tier) -> tuple[str, ...]:
        tags = [f"deck::{deck.id}", f"question::{question.id}", str(tier)]
        if question.difficulty:
            tags.append(f"difficulty::{question.difficulty}")
        tags += [f"topic::{tag}" for tag in question.tags]
        return tuple(sorted(f"{self.meta.anki.tag_prefix}::{tag}" for tag in tags))


def _ordinals(card: Card) -> Sequence[int]:
    if card.kind == cards.CLOZE:
        return [number - 1 for number in cards.cloze_numbers(card)]
    return range(len(NOTE_TYPES[card.kind].templates))


def _digest(note: Note) -> str:
    return release.note_digest(note.fields, note.tags)
