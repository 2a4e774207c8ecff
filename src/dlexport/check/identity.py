"""Ids and numbers: each once, and those that are named are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dlexport.model import Collection, Question
from dlexport.problems import Problem, did_you_mean


def duplicate_ids(collection: Collection) -> Iterator[Problem]:
    """Two questions with one id."""
    for first, second in _collisions(collection, lambda q: q.id):
        yield Problem(
            second.place_of("id"),
            "duplicate-id",
            f"question id “{second.id}” is taken by {first.place_of('id')}",
            "give this question an id of its own",
        )


def duplicate_numbers(collection: Collection) -> Iterator[Problem]:
    """Two questions of one deck with one number."""
    for first, second in _collisions(collection, lambda q: f"{q.deck}/{q.number}"):
        yield Problem(
            second.place_of("number"),
            "duplicate-number",
            f"number {second.number} is taken by {first.place_of('number')}",
            "give this question a number of its own",
        )


def former_ids(collection: Collection) -> Iterator[Problem]:
    """A former id that is a question's id today, or the former id of two questions."""
    owners = {question.id: question.place_of("id") for question in collection.questions}
    for question in collection.questions:
        for former in question.was:
            place = question.place_of(f"was/{former}")
            if former in owners:
                yield Problem(
                    place,
                    "duplicate-id",
                    f"former id “{former}” is taken by {owners[former]}",
                    "name an id that no question has any more, each once",
                )
            owners.setdefault(former, place)


def unknown_related(collection: Collection) -> Iterator[Problem]:
    """A related question that the collection does not have."""
    return _unknown(collection, "unknown-related", "related", lambda q: q.related)


def unknown_required(collection: Collection) -> Iterator[Problem]:
    """A question to know before that the collection does not have."""
    return _unknown(collection, "unknown-required", "requires", lambda q: q.requires)


def unknown_tags(collection: Collection) -> Iterator[Problem]:
    """A tag that the table of tags, where there is one, does not have."""
    titles = collection.metadata.tags
    for question in collection.questions if titles else ():
        for tag in question.tags:
            if tag not in titles:
                hint = did_you_mean(tag, titles)
                add = f'add {tag} = "Title" below [tags] in collection.toml'
                yield Problem(
                    question.place_of(f"tags/{tag}"),
                    "unknown-tag",
                    f"the table of tags has no “{tag}”",
                    f"{hint} Else {add}" if hint.startswith("did") else add,
                )


def _unknown(
    collection: Collection, code: str, key: str, named: Callable[[Question], Sequence[str]]
) -> Iterator[Problem]:
    for question in collection.questions:
        for other in named(question):
            if other not in collection.by_id:
                yield Problem(
                    question.place_of(f"{key}/{other}"),
                    code,
                    f"there is no question “{other}”",
                    did_you_mean(other, collection.by_id),
                )


def _collisions(
    collection: Collection, key: Callable[[Question], str]
) -> Iterator[tuple[Question, Question]]:
    seen: dict[str, Question] = {}
    for question in sorted(collection.questions, key=lambda q: q.place):
        first = seen.setdefault(key(question), question)
        if first is not question:
            yield first, question
