"""Which question and card of a release is which of an earlier one, whatever its id is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from dlexport.release.contents import Contents, ReleasedCard, ReleasedQuestion


class Pairs:
    """Two releases: cards that are one note in Anki, questions of one id, former ids included."""

    def __init__(self, before: Contents, now: Contents) -> None:
        self.before = before
        self.now = now

    @cached_property
    def former(self) -> Mapping[str, ReleasedQuestion]:
        """Questions of the earlier release by their ids now."""
        then, today = self.before.by_id, self.now.questions
        found = {q.id: then[q.id] for q in today if q.id in then}
        for question in today:
            for old in question.was:
                if old in then and old not in self.now.by_id:
                    found.setdefault(question.id, then[old])
        return found

    @property
    def questions(self) -> Iterator[tuple[ReleasedQuestion, ReleasedQuestion]]:
        """Questions of both, each as it is now and as it was, in the order of now."""
        return ((q, self.former[q.id]) for q in self.now.questions if q.id in self.former)

    @cached_property
    def removed(self) -> tuple[ReleasedQuestion, ...]:
        """The questions that are no more, in their order then."""
        kept = {question.id for question in self.former.values()}
        return tuple(q for q in self.before.questions if q.id not in kept)

    @cached_property
    def cards(self) -> Mapping[str, tuple[ReleasedCard, ReleasedCard]]:
        """Cards of both by their keys now, each as it was and as it is."""
        keys = self.before.key_by_guid
        return {
            key: (self.before.cards[keys[card.guid]][1], card)
            for key, (_, card) in self.now.cards.items()
            if card.guid in keys
        }

    def questions_of(self, key: str) -> tuple[ReleasedQuestion, ReleasedQuestion]:
        """The questions that a card of both belonged to and belongs to."""
        question, card = self.now.cards[key]
        return self.before.cards[self.before.key_by_guid[card.guid]][0], question

    def as_today(self, ids: Iterable[str]) -> set[str]:
        """The ids that questions have now, of ids that they had then."""
        new = {old.id: id_now for id_now, old in self.former.items()}
        return {new.get(old, old) for old in ids}
