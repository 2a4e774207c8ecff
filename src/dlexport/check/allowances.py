"""Warnings that an author judged right, with the reason in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlexport.codes import FOUND_BY_BUILDS
from dlexport.model import Collection
from dlexport.problems import Problem, Problems


def apply(
    collection: Collection, found: Iterable[Problem], problems: Problems
) -> Iterator[Problem]:
    """Those problems that no question allows; the others are counted in `problems.allowed`.

    An allowance that allows nothing is a problem itself, but for what only builds find.
    """
    used: set[tuple[str, str]] = set()
    yield from _not_allowed(collection, found, problems, used)
    for question in collection.questions:
        path = question.place.path
        for code, (_, place) in question.allowances.items():
            if (path, code) not in used and code not in FOUND_BY_BUILDS:
                message = f"nothing here is “{code}” any more"
                yield Problem(place, "unused-allowance", message, "delete the comment")


def apply_to_build(
    collection: Collection, found: Iterable[Problem], problems: Problems
) -> Iterator[Problem]:
    """The same for what a build has found."""
    return _not_allowed(collection, found, problems, set())


def _not_allowed(
    collection: Collection,
    found: Iterable[Problem],
    problems: Problems,
    used: set[tuple[str, str]],
) -> Iterator[Problem]:
    by_file = {q.place.path: q.allowances for q in collection.questions if q.allowances}
    for problem in found:
        path, code = problem.place.path, problem.code
        if code in by_file.get(path, {}):
            used.add((path, code))
            problems.allowed += 1
        else:
            yield problem
