"""The `interview` profile: nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.model import Collection, Question
from dlexport.problems import Problem


def missing_keys(collection: Collection) -> Iterator[Problem]:
    """Front matter that the profile asks for and a question lacks."""
    for question in collection.questions:
        present = {
            "difficulty": question.difficulty,
            "tags": question.tags,
            "as_of": question.as_of,
            "references": question.references,
        }
        for key, value in present.items():
            if not value:
                yield Problem(
                    question.place,
                    "missing-key",
                    f"`{key}` is missing",
                    "add it to the front matter",
                )


def missing_sections(collection: Collection) -> Iterator[Problem]:
    """Sections that the profile asks for and a question lacks."""
    for question in collection.questions:
        for title in _missing(question):
            yield Problem(
                question.place, "missing-section", f"“{title}” is missing", f"add `## {title}`"
            )


def _missing(question: Question) -> Iterator[str]:
    if not question.short_answer:
        yield "Short answer"
    if not question.answer:
        yield "Answer"
    if not question.mistakes:
        yield "Common mistakes"
    if not question.follow_ups:
        yield "Follow-ups"
    if not question.own_cards:
        yield "Cards"
