"""A collection as every exporter sees it: read-only, of no output's shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dlexport.document import Node, Text
from dlexport.ledger import Ledger
from dlexport.metadata import Frequency, Metadata, Plan
from dlexport.problems import Place

N = TypeVar("N", bound=Node)


class Difficulty(StrEnum):
    """How hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Tier(StrEnum):
    """Which deck a card belongs to: `core` cards are in the short deck too."""

    CORE = "core"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Card:
    """One fact to learn. A cloze card has an empty front.

    `was` is the key (`question/card`) that the card had before, empty where it had none.
    """

    id: str
    kind: str
    tier: Tier
    front: Text
    back: Text
    place: Place
    was: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A list item with its bold head: claim and correction, or question and answer."""

    head: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the bibliography, as plain text; with more authors, `et al.` follows them."""

    key: str
    authors: tuple[str, ...]
    has_more_authors: bool
    title: str
    container: str
    year: str
    url: str
    identifier: str
    place: Place


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the collection; `name` is unique and depends on the content alone."""

    path: Path
    data: bytes
    media_type: str
    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question with everything its file says."""

    id: str
    number: int
    # A few plain words for lists; empty where the question itself has to do.
    title: str
    question: Text
    difficulty: Difficulty | None
    asked: Frequency | None
    tags: tuple[str, ...]
    as_of: str
    # Ids of the questions whose answers this one builds on.
    requires: tuple[str, ...]
    related: tuple[str, ...]
    references: tuple[str, ...]
    # Ids that the question had before, the latest first.
    was: tuple[str, ...]
    short_answer: Text | None
    intuition: Text | None
    answer: Text
    going_deeper: Text | None
    spoken_answer: Text | None
    mistakes: tuple[Pair, ...]
    follow_ups: tuple[Pair, ...]
    cards: tuple[Card, ...]
    deck: str
    path: Path
    place: Place
    # Reasons for warnings that are judged right, by code, and where they stand.
    allowances: Mapping[str, tuple[str, Place]]
    # Ids that links may name: those of sections and of the headings inside them.
    section_ids: frozenset[str]
    heading_ids: frozenset[str]
    # Where front matter stands: `id`, `number`, `related/dropout`, `references/key`, ...
    places: Mapping[str, Place]
    # What it is called outside its deck: its number, after its deck's where numbers repeat.
    cited: str = ""

    def place_of(self, key: str) -> Place:
        """Where a key or an item of the front matter stands, else the file's first line."""
        return self.places.get(key, self.place)

    @property
    def own_cards(self) -> tuple[Card, ...]:
        """The cards that the file has; not the one that stands in where it has none."""
        return tuple(card for card in self.cards if card.front is not self.question)

    @property
    def texts(self) -> Iterator[Text]:
        """Every piece of Markdown of the question, each once, in the order of its file."""
        # Without a section of cards, the question and its answer are a card's two sides.
        yield from {id(text): text for text in self._all_texts()}.values()

    def every(self, *kinds: type[N]) -> Iterator[N]:
        """Every node of some kinds in the question's texts."""
        return (node for text in self.texts for node in text.every(*kinds))

    def _all_texts(self) -> Iterator[Text]:
        yield self.question
        sections = (self.short_answer, self.intuition, self.answer, self.going_deeper)
        yield from filter(None, (*sections, self.spoken_answer))
        for pair in (*self.mistakes, *self.follow_ups):
            yield pair.head
            yield pair.body
        for card in self.cards:
            yield card.front
            yield card.back


@dataclass(frozen=True, slots=True)
class Level:
    """A folder on the way to a deck: its number with leading zeros, which may be empty."""

    number: str
    title: str

    @property
    def name(self) -> str:
        """The title after the number: decks stand in the order in which their names sort."""
        is_number = self.number and self.number.lstrip("0") == self.title.lstrip("0")
        return self.number if is_number else f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Deck:
    """Questions of one folder, in the order of their numbers.

    `title` names all `levels` from the outermost folder to the deck's own; `label` stands
    before the number of a question of the deck where numbers alone do not tell.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    levels: tuple[Level, ...]
    label: str = ""


@dataclass(frozen=True)
class Collection:
    """All questions (some of them in a selection), the introduction, bibliography, pictures."""

    root: Path
    metadata: Metadata
    decks: tuple[Deck, ...]
    introduction: Text | None
    bibliography: Mapping[str, Reference]
    pictures: Mapping[Path, Picture]
    ledger: Ledger | None = None
    tombstones: Mapping[str, str] = field(default_factory=dict)
    is_selection: bool = False
    # None in a selection: a plan is for the whole.
    plans: tuple[Plan, ...] = ()
    # The ids of all decks, also of those that a selection has no question of.
    deck_order: tuple[str, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of decks and numbers."""
        return tuple(q for deck in self.decks for q in deck.questions)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by their id."""
        return {q.id: q for q in self.questions}

    @cached_property
    def by_path(self) -> Mapping[Path, Question]:
        """Questions by the file they come from."""
        return {q.path: q for q in self.questions}

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Question, ...]]:
        """The index: for each tag, in alphabetical order of titles, its questions."""
        found = {tag for q in self.questions for tag in q.tags}
        tags = sorted(found, key=lambda tag: (self.tag_title(tag).casefold(), tag))
        return {tag: tuple(q for q in self.questions if tag in q.tags) for tag in tags}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Where questions stand by their numbers, and by decks where numbers repeat; by id."""
        ordered = self.questions
        if len({q.number for q in ordered}) == len(ordered):
            ordered = tuple(sorted(ordered, key=lambda q: q.number))
        return {question.id: i for i, question in enumerate(ordered)}

    def tag_title(self, tag: str) -> str:
        """What readers see of a tag: its title, else the tag itself."""
        return self.metadata.tags.get(tag, tag)

    @property
    def texts(self) -> Iterator[Text]:
        """The introduction, and every text of the questions."""
        if self.introduction:
            yield self.introduction
        for question in self.questions:
            yield from question.texts

    @property
    def cards(self) -> Iterator[tuple[Question, Card]]:
        """Every card with its question, in the order of the book."""
        return ((q, card) for q in self.questions for card in q.cards)
