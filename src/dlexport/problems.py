"""What can be wrong with a collection, and where.

A problem is data: a code, a place, a message and a hint. Printing it is the
command line's business. Every code is listed in `CODES` with its severity, in
docs/problems.md, and has a case in tests/problems/.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dlexport.codes import CODES


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path as the user gave it, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong; `hint` says how to mend it and may be empty."""

    place: Place
    code: str
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of the problem's code."""
        return Severity(CODES[self.code].severity)

    def __str__(self) -> str:
        return f"{self.place} {self.code} {self.message}"


class Problems:
    """A growing set of problems, read back in the order of their places."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        # Warnings that the content allows, with a reason.
        self.allowed = 0

    def add(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Record a problem. Raise KeyError for a code that is not in `CODES`."""
        CODES[code]
        self._found[Problem(place, code, message, hint)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Record problems that were found elsewhere."""
        self._found.update(dict.fromkeys(problems))

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build, sorted."""
        return [p for p in self if p.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not stop a build, sorted."""
        return [p for p in self if p.severity is Severity.WARNING]


class DlexportError(Exception):
    """Anything that ends a command with a message instead of a result."""

    exit_code = 1


class ContentError(DlexportError):
    """The collection has problems that stop the build."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{plural(len(problems.errors), 'error')} in the content")
        self.problems = problems


class ResourceError(DlexportError):
    """Something outside the content is missing or refuses, such as a library or a disk."""


class MissingLibraryError(ResourceError):
    """A library of the system is missing; what does not need it can be made all the same."""


class ReleaseError(DlexportError):
    """A release that would freeze, double or wipe what learners have."""


class UsageError(DlexportError):
    """The command was called with something that cannot be."""

    exit_code = 2


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun, in the plural where it is not one: `1 card`, `2 cards`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known words, or what there is to choose from."""
    choices = sorted(known)
    near = difflib.get_close_matches(word, choices, n=2)
    if near:
        return "did you mean " + " or ".join(f"“{w}”" for w in near) + "?"
    if 0 < len(choices) <= 12:
        return "known: " + ", ".join(choices)
    return ""
