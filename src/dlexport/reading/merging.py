"""Marks that a merge of git's leaves where both sides changed the same lines."""

from __future__ import annotations

import re

_MARK = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.M)
# The message, and how to mend it.
MARKS = (
    "a merge that was not finished: it holds the marks <<<<<<< and >>>>>>>",
    "keep the lines of both sides that are right, and delete the marks",
)


def first_mark(text: str) -> int | None:
    """Where the first mark stands; None where there is none."""
    found = _MARK.search(text)
    return found.start() if found else None
