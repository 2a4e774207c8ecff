"""What is different between two releases, in a learner's terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dlexport.problems import ReleaseError
from dlexport.release.contents import (
    CARD_PARTS,
    QUESTION_PARTS,
    Contents,
    ReleasedCard,
    ReleasedQuestion,
)
from dlexport.release.pairs import Pairs

_NAMES = {
    "question": "title",
    "short_answer": "short answer",
    "intuition": "intuition",
    "answer": "answer",
    "figures": "figures",
    "code": "code",
    "going_deeper": "going deeper",
    "spoken_answer": "spoken answer",
    "mistakes": "common mistakes",
    "follow_ups": "follow-ups",
    "references": "references",
}
# A card in Anki also shows these parts of its question.
_ON_CARDS = ("question", "short_answer", "references")


@dataclass(frozen=True, slots=True)
class CardChange:
    """A card that is new, changed or removed; `words` say what about it changed."""

    key: str
    question: ReleasedQuestion
    card: ReleasedCard
    what: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from an earlier release, in the order of the book.

    `changed` gives what about a question changed, in words; `renumbered` its old
    number; `moved` the keys (`question/card`) of cards by the full names of the decks
    they were in and are in; `touched` those that changed only in what they show of
    their question; `emptied` those of which Anki keeps a card without a deletion.
    """

    new: tuple[ReleasedQuestion, ...] = ()
    changed: tuple[tuple[ReleasedQuestion, tuple[str, ...]], ...] = ()
    removed: tuple[ReleasedQuestion, ...] = ()
    renumbered: tuple[tuple[ReleasedQuestion, int], ...] = ()
    cards: tuple[CardChange, ...] = ()
    moved: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    touched: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        questions = (self.new, self.changed, self.removed, self.renumbered)
        return any((*questions, self.cards, self.moved, self.touched))

    def number_in_anki(self, what: str) -> int:
        """How many cards of Anki are new, changed or removed."""
        return sum(change.card.number_in_anki for change in self.cards if change.what == what)

    def keys(self, what: str) -> tuple[str, ...]:
        """The keys of the cards that are new, changed or removed."""
        return tuple(change.key for change in self.cards if change.what == what)


def compare(before: Contents, now: Contents) -> Changes:
    """What is different in `now`.

    Raise ReleaseError where learners would get their cards a second time.
    """
    _refuse_harm(before, now)
    pairs = Pairs(before, now)
    changed = [(q, tuple(_of_question(pairs, old, q))) for q, old in pairs.questions]
    cards = tuple(_of_cards(pairs))
    named = {change.key for change in cards}
    return Changes(
        new=tuple(q for q in now.questions if q.id not in pairs.former),
        changed=tuple((q, words) for q, words in changed if words),
        removed=pairs.removed,
        renumbered=tuple((q, old.number) for q, old in pairs.questions if old.number != q.number),
        cards=cards,
        moved=_moved(pairs),
        touched=tuple(k for k in pairs.cards if k not in named and _shows_more(pairs, k)),
        emptied=tuple(
            key
            for key, (old, new) in pairs.cards.items()
            if set(old.deletions) - set(new.deletions)
        ),
    )


def _refuse_harm(before: Contents, now: Contents) -> None:
    if before.namespace != now.namespace and before.cards.keys() & now.cards.keys():
        raise ReleaseError(
            f"the namespace of the previous release was “{before.namespace}”, this one's is "
            f"“{now.namespace}”. Learners would get every card a second time: write the old "
            "`namespace` below [anki] in collection.toml"
        )
    for key, (old, card) in Pairs(before, now).cards.items():
        if old.kind != card.kind:
            raise ReleaseError(
                f"“{key}” was released as a {old.kind} card and is a {card.kind} card now: Anki "
                "would keep the old one. Give the card a new id"
            )


def _of_question(pairs: Pairs, old: ReleasedQuestion, new: ReleasedQuestion) -> Iterator[str]:
    for part in QUESTION_PARTS:
        had, has = part in old.hashes, part in new.hashes
        if had and has and old.hashes[part] != new.hashes[part]:
            was = f" (was “{old.title}”)" if part == "question" and old.title != new.title else ""
            yield _NAMES[part] + was
        elif had != has:
            yield f"{_NAMES[part]} {'added' if has else 'removed'}"
    if pairs.as_today(old.related) != set(new.related):
        yield "related questions"
    if pairs.as_today(old.requires) != set(new.requires):
        yield "questions to know before"
    if old.asked != new.asked:
        yield _from_to("asked", old.asked, new.asked)
    if old.difficulty != new.difficulty:
        yield _from_to("difficulty", old.difficulty, new.difficulty)
    if old.as_of != new.as_of:
        yield _from_to("as of", old.as_of, new.as_of)
    if old.tags != new.tags:
        changes = [f"+{tag}" for tag in new.tags if tag not in old.tags]
        changes += [f"-{tag}" for tag in old.tags if tag not in new.tags]
        yield f"tags ({', '.join(changes)})"
    if old.deck != new.deck:
        yield _from_to("deck", pairs.before.deck_of(old).title, pairs.now.deck_of(new).title)


def _from_to(name: str, old: str, new: str) -> str:
    if not (old and new):
        return f"{name} {new} added" if new else f"{name} {old} removed"
    return f"{name} {new} (was {old})"


def _of_cards(pairs: Pairs) -> Iterator[CardChange]:
    """Question by question as the book has them, removed questions last."""
    for question in pairs.now.questions:
        for card in question.cards:
            key = f"{question.id}/{card.id}"
            if key not in pairs.cards:
                yield CardChange(key, question, card, "new")
            elif words := tuple(_of_card(*pairs.cards[key])):
                yield CardChange(key, question, card, "changed", words)
        if question.id in pairs.former:
            yield from _removed_cards(pairs, pairs.former[question.id], question)
    for question in pairs.removed:
        yield from _removed_cards(pairs, question, question)


def _removed_cards(
    pairs: Pairs, old: ReleasedQuestion, question: ReleasedQuestion
) -> Iterator[CardChange]:
    """The cards of a question that was there; `question` is what it is now."""
    for card in old.cards:
        if card.guid not in pairs.now.key_by_guid:
            yield CardChange(f"{old.id}/{card.id}", question, card, "removed")


def _of_card(old: ReleasedCard, new: ReleasedCard) -> Iterator[str]:
    for part in CARD_PARTS:
        if old.hashes.get(part) != new.hashes.get(part):
            yield "text" if new.kind == "cloze" else part
    if old.core != new.core:
        yield "now a core card" if new.core else "no longer a core card"


def _moved(pairs: Pairs) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key in pairs.cards:
        old, new = pairs.questions_of(key)
        names = pairs.before.deck_of(old).name, pairs.now.deck_of(new).name
        if names[0] != names[1]:
            found.setdefault(names, []).append(key)
    return {names: tuple(keys) for names, keys in found.items()}


def _shows_more(pairs: Pairs, key: str) -> bool:
    """Whether something changed that a card shows besides its text, or is tagged with."""
    before, now = pairs.before, pairs.now
    old, new = pairs.questions_of(key)
    was, is_now = before.deck_of(old), now.deck_of(new)
    return (
        any(old.hashes.get(part) != new.hashes.get(part) for part in _ON_CARDS)
        or before.key_by_guid[now.cards[key][1].guid] != key
        or (old.difficulty, old.as_of, old.tags) != (new.difficulty, new.as_of, new.tags)
        or (was.id, was.title) != (is_now.id, is_now.title)
        or (before.site, before.tag_prefix) != (now.site, now.tag_prefix)
    )
