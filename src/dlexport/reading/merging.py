"""Marks that a merge of git's leaves where both sides changed the same lines."""

from __future__ import annotations

import re

from dlexport.problems import Problems
from dlexport.reading.source import Source

_MARK = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.M)
# The message, and how to mend it.
MARKS = (
    "a merge that was not finished: it holds the marks <<<<<<< and >>>>>>>",
    "keep the lines of both sides that are right, and delete the marks",
)


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def has_marks(source: Source, problems: Problems) -> bool:
    """Whether a text holds both sides of a merge, outside of its code; report it."""
    fence, first = "", 0
    for number, line in enumerate(source.lines, 1) if "<<<<<<< " in source.text else ():
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence):
            fence = ""
        elif not fence and line.startswith("<<<<<<< "):
            first = first or number
        elif not fence and first and line.startswith(">>>>>>> "):
            problems.add("merge-marks", source.place(first), *MARKS)
            return True
    return False


def first_mark(text: str) -> int | None:
    """Where the first mark stands; None where there is none."""
    found = _MARK.search(text)
    return found.start() if found else None
