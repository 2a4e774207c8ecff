"""What was looked at and what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BUILDING = ("all", "anki", "pdf", "epub", "web", "watch")
READING = ("check", "list", "show", "record", "release")
PAGES = ("all", "pdf")
COMMANDS = (*BUILDING, *READING, "init", "clean")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that commands need, and how it is here.

    `lacking` names the commands that cannot run for it; a finding with a remedy and without
    such commands is a note: all runs, but slower or less handsome.
    """

    what: str
    found: str
    lacking: tuple[str, ...] = ()
    remedy: str = ""

    @property
    def state(self) -> str:
        """One word: "missing", "note" or "ok"."""
        return "missing" if self.lacking else "note" if self.remedy else "ok"


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found, and the versions of what took part."""

    versions: Mapping[str, str]
    findings: Sequence[Finding]

    @property
    def lacks(self) -> dict[str, list[str]]:
        """What each command would lack, by the commands."""
        return {
            command: [f.what for f in self.findings if command in f.lacking] for command in COMMANDS
        }

    @property
    def ok(self) -> bool:
        """Whether every command can run."""
        return not any(self.lacks.values())

    def data(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "ok": self.ok,
            "versions": dict(self.versions),
            "findings": [{"state": f.state, **asdict(f)} for f in self.findings],
            "commands": self.lacks,
        }


def shown(path: Path) -> str:
    """A path without the name of the person: a report is sent to others."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
