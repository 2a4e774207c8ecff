"""What is to be known before: never, by some way round, the question itself."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.model import Collection
from dlexport.problems import Problem
from dlexport.study.order import circles


def circular_requires(collection: Collection) -> Iterator[Problem]:
    """Questions each of which has to be known before the others."""
    for circle in circles(collection.questions):
        first, *others = circle
        steps = "".join(f" requires “{question.id}”, which" for question in others)
        following = others[0] if others else first
        yield Problem(
            first.place_of(f"requires/{following.id}"),
            "circular-requires",
            f"“{first.id}”{steps} requires “{first.id}”",
            "take one of these steps out: the question that can be learned first requires no other",
        )
