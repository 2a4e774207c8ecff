"""The `interview` profile: cards that can be learned.

The rules are those of Wozniak's "Twenty rules of formulating knowledge" and
Matuschak's "How to write good prompts", as far as a program can hold them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dlexport.document import (
    BulletList,
    Cloze,
    Code,
    InlineFormula,
    Node,
    OrderedList,
    Str,
    plain,
    walk,
)
from dlexport.model import Card, Collection, Question, Tier
from dlexport.problems import Problem, plural
from dlexport.reading.cards import CHOICE, CLOZE
from dlexport.reading.choices import choices
from dlexport.reading.words import count_words, word_list

MOST_WORDS = 25
MOST_HIDDEN_WORDS = 6
CARDS = range(3, 9)
CORE_CARDS = range(1, 4)
_ALIKE = 0.7  # of the words of both fronts together

_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b", re.I
)
_COMMAND = re.compile(r"(?:explain|describe|list|name|enumerate|discuss|define|give)\b", re.I)
_DULL = frozenset("a an the of in is are was what which why how does do to and for with".split())


def number_of_cards(collection: Collection) -> Iterator[Problem]:
    """Too few or too many cards, or core cards, for one question."""
    for question in collection.questions:
        cards = question.own_cards
        core = [card for card in cards if card.tier is Tier.CORE]
        if cards and len(cards) not in CARDS:
            number = plural(len(cards), "card")
            hint = "3 to 8 cards, each one idea"
            yield Problem(cards[0].place, "card-count", number, hint)
        if cards and len(core) not in CORE_CARDS:
            yield Problem(
                cards[0].place,
                "core-count",
                f"{len(core)} core cards",
                "mark about two cards as core: what must be known",
            )


def fronts(collection: Collection) -> Iterator[Problem]:
    """Fronts that are too long, can be guessed, or ask for too much."""
    for _, card in _own_cards(collection):
        text = plain(card.front.blocks)
        length = count_words(card.front)
        if length > MOST_WORDS:
            hint = f"at most {MOST_WORDS}"
            yield Problem(card.place, "front-length", f"the front has {length} words", hint)
        if _YES_NO.match(text):
            yield Problem(
                card.place,
                "front-yes-no",
                f"the front begins with “{text.split()[0]}”: half the answers are right by chance",
                "ask what, why, when or how much",
            )
        if _COMMAND.match(text):
            yield Problem(
                card.place,
                "front-command",
                f"the front begins with “{text.split()[0]}”: nobody can grade that",
                "ask for one fact",
            )


def backs(collection: Collection) -> Iterator[Problem]:
    """Backs that are too long or are lists."""
    for _, card in _own_cards(collection):
        if card.kind == CHOICE:
            yield from _long_choices(card)
            continue
        length = count_words(card.back)
        limit = MOST_WORDS if card.kind != CLOZE else MOST_WORDS + 15
        if length > limit:
            yield Problem(
                card.place, "back-length", f"the back has {length} words", f"at most {limit}"
            )
        if any(card.back.every(BulletList, OrderedList)):
            yield Problem(
                card.place, "back-list", "the back holds a list", "make a card of each item"
            )


def _long_choices(card: Card) -> Iterator[Problem]:
    for choice in choices(card.back):
        length = len(word_list(plain([*choice.answer, *choice.reason])))
        if length > MOST_WORDS:
            message = f"answer {choice.letter} and its reason have {length} words"
            yield Problem(choice.place, "back-length", message, f"at most {MOST_WORDS}")


def deletions(collection: Collection) -> Iterator[Problem]:
    """Cloze deletions that hide more than a few words."""
    for _, card in _own_cards(collection):
        for text in _hidden(card):
            if len(word_list(text)) > MOST_HIDDEN_WORDS:
                yield Problem(
                    card.place,
                    "cloze-length",
                    f"{len(word_list(text))} words are hidden: “{text}”",
                    f"hide at most {MOST_HIDDEN_WORDS} words, or one formula",
                )


def _hidden(card: Card) -> Iterator[str]:
    """What each deletion hides, a formula as one word."""
    for cloze in card.back.every(Cloze):
        yield "".join(_word(node) for node in walk(cloze.children))


def _word(node: Node) -> str:
    match node:
        case Str(text) | Code(text):
            return text
        case InlineFormula():
            return "formula"
    return ""


def near_duplicates(collection: Collection) -> Iterator[Problem]:
    """Two cards of the collection that ask nearly the same."""
    seen: dict[str, list[tuple[frozenset[str], Question, Card]]] = defaultdict(list)
    for question, card in _own_cards(collection):
        words = _telling_words(card)
        compared = {id(other): (w, q, other) for word in words for w, q, other in seen[word]}
        for other_words, other_question, other in compared.values():
            if len(words & other_words) >= _ALIKE * len(words | other_words):
                yield Problem(
                    card.place,
                    "near-duplicate",
                    f"asks nearly the same as {other_question.id}/{other.id} ({other.place})",
                    "drop one of them, or ask for different things",
                )
        for word in words:
            seen[word].append((words, question, card))


def _telling_words(card: Card) -> frozenset[str]:
    text = plain((card.front or card.back).blocks)
    return frozenset(word.lower() for word in word_list(text)) - _DULL


def _own_cards(collection: Collection) -> Iterator[tuple[Question, Card]]:
    return ((q, card) for q in collection.questions for card in q.own_cards)
