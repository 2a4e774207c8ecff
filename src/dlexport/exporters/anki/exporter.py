"""A collection as Anki packages: all cards, and the core ones alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath

import genanki
from markupsafe import escape

from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.anki import release
from dlexport.exporters.anki.cardtemplates import check_models
from dlexport.exporters.anki.fields import sides
from dlexport.exporters.anki.head import Head, Part
from dlexport.exporters.anki.identity import deck_name, full_name, guid_of
from dlexport.exporters.anki.note import Note
from dlexport.exporters.anki.notetypes import NOTE_TYPES, models
from dlexport.exporters.anki.package import pack
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.model import Card, Collection, Deck, Question, Tier
from dlexport.problems import Place, Problem
from dlexport.reading import cards
from dlexport.reading.ankiids import stable_id
from dlexport.reading.source import CONFIG, display_name
from dlexport.rendering.filenames import file_name
from dlexport.rendering.templating import environment


def no_namespace(collection: Collection) -> Problem:
    """What to say where learners' cards hang on the collection's title or folder."""
    namespace = json.dumps(collection.metadata.anki.namespace, ensure_ascii=False)
    return Problem(
        Place(display_name(collection.root / CONFIG)),
        "no-namespace",
        "no namespace is set, on which learners' progress hangs when title or folder change",
        f"write `namespace = {namespace}` below [anki] in collection.toml",
    )


class AnkiExporter:
    """Writes `anki/<slug>.apkg` and `anki/<slug>-core.apkg`."""

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """The package of all cards first. Raise ReleaseError for one that would do harm."""
        builder = _Builder(collection, context)
        slug = file_name(collection.metadata.slug)
        ids = collection.metadata.anki
        part = Part.SELECTION if collection.is_selection else Part.ALL
        full = builder.package(builder.notes, part)
        warnings = () if ids.has_namespace else (no_namespace(collection),)
        yield Artifact(PurePosixPath("anki", f"{slug}.apkg"), full, warnings)
        core = [note for note in builder.notes if note.tier is Tier.CORE]
        if core and len(core) < len(builder.notes):
            data = builder.package(core, Part.CORE)
            yield Artifact(PurePosixPath("anki", f"{slug}-core.apkg"), data)


class _Builder:
    """Makes the notes of a collection once, and packages of some or all of them."""

    def __init__(self, collection: Collection, context: Context) -> None:
        self.collection = collection
        self.context = context
        self.meta = collection.metadata
        self.renderer = AnkiRenderer(collection, context.session)
        self.templates = environment(collection, self.renderer, context.templates)
        self.models = models(self.meta.title, self.meta.anki, self.templates)
        check_models(self.models, context.templates)
        self.notes = list(self._notes())
        self._set_times()

    def package(self, notes: Sequence[Note], part: Part) -> bytes:
        """The bytes of a package with these notes, in one deck with its subdecks."""
        description = self.templates.get_template("anki/description.html").render()
        top = genanki.Deck(self.meta.anki.deck_id, deck_name(self.meta.title), description)
        by_deck: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            by_deck[note.deck].append(note)
        decks = [top]
        for deck in self.collection.decks:
            number = stable_id("deck", self.meta.anki.namespace, deck.id)
            subdeck = genanki.Deck(number, full_name(self.collection, deck))
            subdeck.notes = by_deck.pop(subdeck.name, [])
            if subdeck.notes:
                decks.append(subdeck)
        about = Head(self.meta.anki.namespace, self.meta.version, part, self.context.generator)
        return pack(decks, self._media(notes), self.context.timestamp, about)

    def _media(self, notes: Sequence[Note]) -> dict[str, bytes]:
        """The pictures that these notes show, by name."""
        pictures = {n: p.data for n, p in self.renderer.shown_pictures().items()}
        fields = {f for note in notes for f in note.fields} if pictures else ()
        shown = {name for field in fields for name in re.findall(r'src="([^"]+)"', field)}
        return {name: pictures[name] for name in sorted(pictures) if name in shown}

    def _set_times(self) -> None:
        now, earlier = self.context.timestamp, self.collection.ledger
        for kind, model in self.models.items():
            model.modified = release.type_modified(kind, model.to_json(now, 1), earlier, now)
        for note in self.notes:
            note.modified = release.modified(note.released, _digest(note), earlier, now)
        # Note types without notes are in no package.
        times = {time for note in self.notes for time in (note.modified, note.model.modified)}
        release.check_time(now, earlier, anything_changed=now in times)

    def _notes(self) -> Iterator[Note]:
        """The notes in the order of the book; what those of a question share is made once."""
        numbers, ledger = count(1), self.collection.ledger
        for deck in self.collection.decks:
            name = full_name(self.collection, deck)
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
                        fields=(*sides(self.renderer, question, card), *context, key, "", ""),
                        tags=tags[card.tier],
                        guid=guid_of(self.collection, question, card),
                        released=ledger.origin(key, card.was, question.was) if ledger else None,
                        due=next(numbers),
                        ordinals=_ordinals(card),
                    )

    def _context_fields(self, deck: Deck, question: Question) -> tuple[str, ...]:
        """The fields between a card's sides and its id."""
        sources = self.templates.get_template("anki/sources.html").render(question=question)
        return (
            _topic(deck, question),
            str(self.renderer.render_text_inline(question.question, question)),
            file_name(question.id),  # the templates make the address of its page from it
            str(self.renderer.render_text(question.short_answer, question)),
            str(question.difficulty or ""),
            sources.strip(),
        )

    def _tags(self, deck: Deck, question: Question, tier: Tier) -> tuple[str, ...]:
        tags = [f"deck::{deck.id}", f"question::{question.id}", str(tier)]
        if question.difficulty:
            tags.append(f"difficulty::{question.difficulty}")
        tags += [f"topic::{tag}" for tag in question.tags]
        return tuple(sorted(f"{self.meta.anki.tag_prefix}::{tag}" for tag in tags))


def _topic(deck: Deck, question: Question) -> str:
    """The deck and the question in a few words; the deck's colour is the stylesheet's."""
    words = question.id.replace("-", " ")
    return f'<span class="topic-{deck.id}">{escape(deck.title)}</span> · {words}'


def _ordinals(card: Card) -> Sequence[int]:
    if card.kind == cards.CLOZE:
        return [number - 1 for number in cards.cloze_numbers(card)]
    return range(len(NOTE_TYPES[card.kind].templates))


def _digest(note: Note) -> str:
    return release.note_digest(note.fields, note.tags)
