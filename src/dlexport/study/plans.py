"""A plan's questions on its days.

What is asked often comes first, and what it requires before it. Days are as even as
the questions' lengths allow; what does not fit into them is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dlexport.metadata import Frequency, Plan
from dlexport.model import Collection, Question
from dlexport.rendering.reading_time import minutes_to_study
from dlexport.study.order import in_order

_RANKS = {frequency: rank for rank, frequency in enumerate(Frequency)}


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be learned on a day, counted from 1, and how long that takes."""

    number: int
    questions: tuple[Question, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """A plan carried out.

    `left_out` are questions that the plan is about and for which there is no time,
    `known` those that it takes for granted: they are required, and not part of it.
    """

    plan: Plan
    days: tuple[Day, ...]
    left_out: tuple[Question, ...]
    known: tuple[Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that is to be learned, in order."""
        return tuple(question for day in self.days for question in day.questions)

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(day.minutes for day in self.days)


def timetables(collection: Collection) -> list[Timetable]:
    """The collection's plans that are about any question, in their order."""
    return [timetable(plan, collection) for plan in collection.plans if chosen(plan, collection)]


def timetable(plan: Plan, collection: Collection) -> Timetable:
    """The days of one plan."""
    wanted = _by_importance(chosen(plan, collection), collection.ranks)
    minutes = {question.id: minutes_to_study(question) for question in wanted}
    days = _even_days(wanted, plan, minutes)[: plan.days]
    learned = {question.id for day in days for question in day}
    required = {id for day in days for question in day for id in question.requires}
    return Timetable(
        plan,
        tuple(
            Day(number, tuple(day), sum(minutes[q.id] for q in day))
            for number, day in enumerate(days, 1)
        ),
        left_out=tuple(
            sorted((q for q in wanted if q.id not in learned), key=lambda q: collection.ranks[q.id])
        ),
        known=tuple(q for q in collection.questions if q.id in required - learned),
    )


def chosen(plan: Plan, collection: Collection) -> list[Question]:
    """The questions that a plan is about.

    They lie in one of its decks or have one of its tags, any where it names neither, and
    are asked as often as it says.
    """
    everything = not (plan.decks or plan.tags)
    return [
        question
        for question in collection.questions
        if (everything or question.deck in plan.decks or set(question.tags) & set(plan.tags))
        and (not plan.asked or question.asked in plan.asked)
    ]


def _by_importance(questions: Sequence[Question], position: Mapping[str, int]) -> list[Question]:
    """What is asked more often first; a prerequisite counts as what requires it."""
    ranks = {q.id: _RANKS[q.asked] if q.asked else len(_RANKS) for q in questions}
    for question in reversed(in_order(questions, key=lambda q: position[q.id])):
        for id in question.requires:
            if id in ranks:
                ranks[id] = min(ranks[id], ranks[question.id])
    return in_order(questions, key=lambda q: (ranks[q.id], position[q.id]))


def _even_days(
    questions: Sequence[Question], plan: Plan, minutes: Mapping[str, int]
) -> list[list[Question]]:
    """Days as short as they can be for the plan's number of them; more where that is too few."""
    most = plan.minutes or sum(minutes.values())
    shortest = min(most, max(minutes.values(), default=1))

    def suffices(length: int) -> bool:
        return sum(1 for _ in _days(questions, length, minutes)) <= plan.days

    lengths = range(shortest, most)
    length = shortest + bisect_left(lengths, True, key=suffices)
    return list(_days(questions, length, minutes))


def _days(
    questions: Sequence[Question], length: int, minutes: Mapping[str, int]
) -> Iterator[list[Question]]:
    """Days that are filled one after the other; what is longer than a day has one alone."""
    day: list[Question] = []
    spent = 0
    for question in questions:
        if day and spent + minutes[question.id] > length:
            yield day
            day, spent = [], 0
        day.append(question)
        spent += minutes[question.id]
    if day:
        yield day
