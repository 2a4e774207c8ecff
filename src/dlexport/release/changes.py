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
    their question.
    """

    new: tuple[ReleasedQuestion, ...] = ()
    changed: tuple[tuple[ReleasedQuestion, tuple[str, ...]], ...] = ()
    removed: tuple[ReleasedQuestion, ...] = ()
    renumbered: tuple[tuple[ReleasedQuestion, int], ...] = ()
    cards: tuple[CardChange, ...] = ()
    moved: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    touched: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        questions = (self.new, self.changed, self.removed, self.renumbered)
        return any((*questions, self.cards, self.moved, self.touched))

    def keys(self, what: str) -> tuple[str, ...]:
        """The keys of the cards that are new, changed or removed."""
        return tuple(change.key for change in self.cards if change.what == what)


def compare(before: Contents, now: Contents) -> Changes:
    """What is different in `now`.

    Raise ReleaseError where learners would get their cards a second time.
    """
    _refuse_harm(before, now)
    both = [(before.by_id[q.id], q) for q in now.questions if q.id in before.by_id]
    changed = [(q, tuple(_of_question(before, now, old, q))) for old, q in both]
    cards = tuple(_of_cards(before, now))
    named = {change.key for change in cards}
    return Changes(
        new=tuple(q for q in now.questions if q.id not in before.by_id),
        changed=tuple((q, words) for q, words in changed if words),
        removed=tuple(q for q in before.questions if q.id not in now.by_id),
        renumbered=tuple((q, old.number) for old, q in both if old.number != q.number),
        cards=cards,
        moved=_moved(before, now),
        touched=tuple(
            f"{q.id}/{card.id}"
            for old, q in both
            if _shows_on_cards(before, now, old, q)
            for card in q.cards
            if f"{q.id}/{card.id}" in before.cards and f"{q.id}/{card.id}" not in named
        ),
    )


def _refuse_harm(before: Contents, now: Contents) -> None:
    both = [(key, before.cards[key][1], card) for key, (_, card) in now.cards.items()
            if key in before.cards]  # fmt: skip
    for key, old, card in both:
        if old.guid != card.guid:
            raise ReleaseError(
                f"“{key}” has another GUID than in the previous release, whose namespace was "
                f"“{before.namespace}”; this one's is “{now.namespace}”. Learners would get every "
                "card a second time: write the old `namespace` below [anki] in collection.toml"
            )
        if old.kind != card.kind:
            raise ReleaseError(
                f"“{key}” was released as a {old.kind} card and is a {card.kind} card now: Anki "
                "would keep the old one. Give the card a new id"
            )


def _of_question(
    before: Contents, now: Contents, old: ReleasedQuestion, new: ReleasedQuestion
) -> Iterator[str]:
    for part in QUESTION_PARTS:
        had, has = part in old.hashes, part in new.hashes
        if had and has and old.hashes[part] != new.hashes[part]:
            was = f" (was “{old.title}”)" if part == "question" and old.title != new.title else ""
            yield _NAMES[part] + was
        elif had != has:
            yield f"{_NAMES[part]} {'added' if has else 'removed'}"
    if set(old.related) != set(new.related):
        yield "related questions"
    if set(old.requires) != set(new.requires):
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
        titles = before.deck_by_id[old.deck].title, now.deck_by_id[new.deck].title
        yield _from_to("deck", *titles)


def _from_to(name: str, old: str, new: str) -> str:
    if not (old and new):
        return f"{name} {new} added" if new else f"{name} {old} removed"
    return f"{name} {new} (was {old})"


def _of_cards(before: Contents, now: Contents) -> Iterator[CardChange]:
    """Question by question as the book has them, removed questions last."""
    gone = [q for q in before.questions if q.id not in now.by_id]
    for question in (*now.questions, *gone):
        old = before.by_id.get(question.id)
        new = now.by_id.get(question.id)
        for card in new.cards if new else ():
            key = f"{question.id}/{card.id}"
            if key not in before.cards:
                yield CardChange(key, question, card, "new")
            elif words := tuple(_of_card(before.cards[key][1], card)):
                yield CardChange(key, question, card, "changed", words)
        for card in old.cards if old else ():
            key = f"{question.id}/{card.id}"
            if key not in now.cards:
                yield CardChange(key, question, card, "removed")


def _of_card(old: ReleasedCard, new: ReleasedCard) -> Iterator[str]:
    for part in CARD_PARTS:
        if old.hashes.get(part) != new.hashes.get(part):
            yield "text" if new.kind == "cloze" else part
    if old.core != new.core:
        yield "now a core card" if new.core else "no longer a core card"


def _moved(before: Contents, now: Contents) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key, (question, _) in now.cards.items():
        if key in before.cards:
            old = before.deck_by_id[before.cards[key][0].deck].name
            new = now.deck_by_id[question.deck].name
            if old != new:
                found.setdefault((old, new), []).append(key)
    return {names: tuple(keys) for names, keys in found.items()}


def _shows_on_cards(
    before: Contents, now: Contents, old: ReleasedQuestion, new: ReleasedQuestion
) -> bool:
    """Whether something changed that every card of the question shows or is tagged with."""
    was, is_now = before.deck_by_id[old.deck], now.deck_by_id[new.deck]
    return (
        any(old.hashes.get(part) != new.hashes.get(part) for part in _ON_CARDS)
        or (old.difficulty, old.as_of, old.tags) != (new.difficulty, new.as_of, new.tags)
        or (was.id, was.title) != (is_now.id, is_now.title)
        or (before.site, before.tag_prefix) != (now.site, now.tag_prefix)
    )
