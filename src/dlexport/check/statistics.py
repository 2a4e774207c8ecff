"""What a collection holds, counted for each deck."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from dlexport.document import CodeBlock, Image
from dlexport.model import Collection, Deck, Question, Tier
from dlexport.reading.cards import number_in_anki
from dlexport.reading.links import cited_keys
from dlexport.reading.words import count_words


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of one deck.

    `words` are those of the answers, `code` the blocks that are run; `cards` and `core` are
    counted as Anki does, a reversed card twice.
    """

    questions: int
    easy: int
    medium: int
    hard: int
    words: int
    cards: int
    core: int
    figures: int
    code: int
    references: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NAMES = tuple(field.name for field in fields(Counts))


def counts(deck: Deck) -> Counts:
    """The counts of a deck. A reference that two questions give counts for both."""
    return sum((_of_question(q) for q in deck.questions), Counts(*[0] * len(NAMES)))


def total(collection: Collection) -> Counts:
    """The counts of all decks."""
    return sum((counts(deck) for deck in collection.decks), Counts(*[0] * len(NAMES)))


def _of_question(question: Question) -> Counts:
    difficulty = str(question.difficulty)
    return Counts(
        questions=1,
        easy=difficulty == "easy",
        medium=difficulty == "medium",
        hard=difficulty == "hard",
        words=count_words(question.answer),
        cards=sum(map(number_in_anki, question.cards)),
        core=sum(number_in_anki(c) for c in question.cards if c.tier is Tier.CORE),
        figures=sum(1 for _ in question.every(Image)),
        code=sum(block.is_run for block in question.every(CodeBlock)),
        references=len(cited_keys(question)),
    )
