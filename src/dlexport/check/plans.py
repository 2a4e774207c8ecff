"""Study plans: what they name is there, and they are about something."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.model import Collection
from dlexport.problems import Problem, did_you_mean
from dlexport.study.plans import chosen


def unknown_decks(collection: Collection) -> Iterator[Problem]:
    """A deck that the collection does not have, or that is empty."""
    known = [deck.id for deck in collection.decks]
    for plan in collection.plans:
        for deck in plan.decks:
            if deck not in known:
                message = f"plan “{plan.id}”: there is no deck “{deck}”"
                yield Problem(plan.place, "unknown-deck", message, did_you_mean(deck, known))


def unknown_tags(collection: Collection) -> Iterator[Problem]:
    """A tag that no question has."""
    for plan in collection.plans:
        for tag in plan.tags:
            if tag not in collection.by_tag:
                message = f"plan “{plan.id}”: no question has the tag “{tag}”"
                hint = did_you_mean(tag, collection.by_tag)
                yield Problem(plan.place, "unknown-tag", message, hint)


def empty_plans(collection: Collection) -> Iterator[Problem]:
    """A plan without a question."""
    for plan in collection.plans:
        if not chosen(plan, collection):
            yield Problem(
                plan.place,
                "empty-plan",
                f"plan “{plan.id}” is about no question",
                "name decks or tags that have questions, or frequencies in `asked`",
            )
