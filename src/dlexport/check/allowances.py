"""Warnings that an author judged right, with the reason in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlexport.model import Collection
from dlexport.problems import Problem, Problems


def apply(
    collection: Collection, found: Iterable[Problem], problems: Problems
) -> Iterator[Problem]:
    """Those problems that no question allows; the others are counted in `problems.allowed`.

    An allowance that allows nothing is a problem itself.
    """
    by_file = {q.place.path: q.allowances for q in collection.questions if q.allowances}
    used: set[tuple[str, str]] = set()
    for problem in found:
        path, code = problem.place.path, problem.code
        if code in by_file.get(path, {}):
            used.add((path, code))
            problems.allowed += 1
        else:
            yield problem
    for path, allowances in by_file.items():
        for code, (_, place) in allowances.items():
            if (path, code) not in used:
                message = f"nothing here is “{code}” any more"
                yield Problem(place, "unused-allowance", message, "delete the comment")
