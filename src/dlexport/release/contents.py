"""What a release holds, as `release.json` says it: the questions and cards of learners.

docs/release.md describes the file. It holds what has to be named in release notes,
and a hash of everything else, so that a later release can be compared with it without
its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dlexport.document import CodeBlock, Figure
from dlexport.ledger import Face, Ledger, ReleasedNote
from dlexport.model import Card, Collection, Deck, Pair, Question, Reference, Tier
from dlexport.reading import cards
from dlexport.reading.links import cited_keys
from dlexport.release.canonical import CanonicalForm, digest
from dlexport.writing import write_line

# What a question and a card are made of, in the order in which notes name it.
QUESTION_PARTS = (
    "question",
    "short_answer",
    "intuition",
    "answer",
    "figures",
    "code",
    "going_deeper",
    "spoken_answer",
    "mistakes",
    "follow_ups",
    "references",
)
CARD_PARTS = ("front", "back")
# What of an answer has parts of its own.
_BESIDE = (Figure, CodeBlock)


@dataclass(frozen=True, slots=True)
class ReleasedCard:
    """A card: its front in Markdown, and the hashes of its parts that are not empty.

    A cloze card's front is its text with blanks; `deletions` are the numbers of those.
    """

    id: str
    guid: str
    kind: str
    core: bool
    front: str
    hashes: Mapping[str, str]
    deletions: tuple[int, ...] = ()

    @property
    def number_in_anki(self) -> int:
        """How many cards Anki makes of it."""
        return len(self.deletions) or (2 if self.kind == cards.REVERSED else 1)


@dataclass(frozen=True, slots=True)
class ReleasedQuestion:
    """A question: its title in Markdown, and the hashes of its parts that are not empty.

    `asked`, `requires` and `was` (former ids) are empty where the question has none; `cited`
    is what it is called outside its deck, empty where that is its number.
    """

    id: str
    number: int
    title: str
    deck: str
    difficulty: str
    tags: tuple[str, ...]
    as_of: str
    related: tuple[str, ...]
    hashes: Mapping[str, str]
    cards: tuple[ReleasedCard, ...]
    asked: str = ""
    requires: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    cited: str = ""

    @property
    def number_in_anki(self) -> int:
        """How many cards Anki makes of its cards."""
        return sum(card.number_in_anki for card in self.cards)


@dataclass(frozen=True, slots=True)
class ReleasedDeck:
    """A deck: its title, and its full name in Anki."""

    id: str
    title: str
    name: str


@dataclass(frozen=True)
class Contents:
    """All that a release of a collection holds."""

    slug: str
    title: str
    version: str
    date: str
    generator: str
    site: str
    namespace: str
    tag_prefix: str
    decks: tuple[ReleasedDeck, ...]
    questions: tuple[ReleasedQuestion, ...]

    @cached_property
    def by_id(self) -> Mapping[str, ReleasedQuestion]:
        """Questions by their id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def deck_by_id(self) -> Mapping[str, ReleasedDeck]:
        """Decks by their id."""
        return {deck.id: deck for deck in self.decks}

    def as_ledger(self) -> Ledger:
        """What stands for the ledger where there is none: it knows kinds and GUIDs alone."""
        nothing = Face("", "", "")
        notes = {key: ReleasedNote(c.kind, c.guid, "", 0, nothing) for key, (_, c) in
                 self.cards.items()}  # fmt: skip
        return Ledger(self.namespace, self.version, notes, {})

    def deck_of(self, question: ReleasedQuestion) -> ReleasedDeck:
        """The deck that a question of it is in."""
        return self.deck_by_id[question.deck]

    @cached_property
    def key_by_guid(self) -> Mapping[str, str]:
        """The keys of cards by the GUIDs of their notes, which stay when keys change."""
        return {card.guid: key for key, (_, card) in self.cards.items()}

    def number_in_anki(self, keys: Iterable[str] | None = None) -> int:
        """How many cards Anki makes of those with these keys, of all without any."""
        return sum(self.cards[k][1].number_in_anki for k in (self.cards if keys is None else keys))

    @cached_property
    def cards(self) -> Mapping[str, tuple[ReleasedQuestion, ReleasedCard]]:
        """Every card with its question, by `question/card`."""
        return {f"{q.id}/{card.id}": (q, card) for q in self.questions for card in q.cards}


def contents(collection: Collection, date: str, generator: str) -> Contents:
    """What a release of this collection holds; `date` is the moment that stands for "now"."""
    from dlexport.exporters.anki.identity import full_name

    meta = collection.metadata
    return Contents(
        slug=meta.slug,
        title=meta.title,
        version=meta.version,
        date=date,
        generator=generator,
        site=meta.site,
        namespace=meta.anki.namespace,
        tag_prefix=meta.anki.tag_prefix,
        decks=tuple(
            ReleasedDeck(deck.id, deck.title, full_name(collection, deck))
            for deck in collection.decks
        ),
        questions=tuple(
            _question(collection, deck, question)
            for deck in collection.decks
            for question in deck.questions
        ),
    )


def _question(collection: Collection, deck: Deck, question: Question) -> ReleasedQuestion:
    form = CanonicalForm(collection, question)

    def pairs(found: Iterable[Pair]) -> list[str]:
        return [line for p in found for line in ["item", *form.of(p.head), "-", *form.of(p.body)]]

    parts = {
        "question": form.of(question.question),
        "short_answer": form.of(question.short_answer),
        "intuition": form.of(question.intuition),
        "answer": form.of(question.answer, without=_BESIDE),
        "figures": form.only(question.answer, Figure),
        "code": form.only(question.answer, CodeBlock),
        "going_deeper": form.of(question.going_deeper),
        "spoken_answer": form.of(question.spoken_answer),
        "mistakes": pairs(question.mistakes),
        "follow_ups": pairs(question.follow_ups),
        "references": _references(collection, question),
    }
    return ReleasedQuestion(
        id=question.id,
        number=question.number,
        title=write_line(question.question),
        deck=deck.id,
        difficulty=str(question.difficulty or ""),
        tags=tuple(sorted(question.tags)),
        as_of=question.as_of,
        related=question.related,
        hashes={name: found for name in QUESTION_PARTS if (found := digest(parts[name]))},
        cards=tuple(_card(collection, question, card, form) for card in question.cards),
        asked=str(question.asked or ""),
        requires=question.requires,
        was=question.was,
        cited=question.cited if question.cited != str(question.number) else "",
    )


def _card(
    collection: Collection, question: Question, card: Card, form: CanonicalForm
) -> ReleasedCard:
    from dlexport.exporters.anki.identity import guid_of

    parts = {"front": form.of(card.front), "back": form.of(card.back)}
    cloze = card.kind == cards.CLOZE
    return ReleasedCard(
        id=card.id,
        guid=guid_of(collection, question, card),
        kind=card.kind,
        core=card.tier is Tier.CORE,
        front=write_line(cards.front_of(card) if cloze else card.front),
        hashes={name: found for name in CARD_PARTS if (found := digest(parts[name]))},
        deletions=tuple(cards.cloze_numbers(card)) if cloze else (),
    )


def _references(collection: Collection, question: Question) -> list[str]:
    return [_reference(collection.bibliography[key]) for key in cited_keys(question)]


def _reference(reference: Reference) -> str:
    authors = [*reference.authors, *["et al."] * reference.has_more_authors]
    what = (reference.title, reference.container, reference.year)
    return " | ".join(["; ".join(authors), *what, reference.url, reference.identifier])
