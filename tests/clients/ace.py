"""Ace by DAISY, the checker of a book's accessibility, with a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clients import browser_service


@dataclass(frozen=True)
class Failure:
    """One assertion that does not hold, in one file of the book."""

    file: str
    rule: str
    impact: str
    text: str
    html: str

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.file} {self.impact} {self.rule}: {' '.join(self.text.split())} {self.html}"


def check(epub: Path) -> list[Failure]:
    """Give all that Ace finds wrong with a book."""
    return list(_failures(browser_service.ask(ace=str(epub.resolve()))))


def _failures(report: Mapping[str, Any]) -> Iterator[Failure]:
    """Go through the report, file by file."""
    for file in report["assertions"]:
        for assertion in file["assertions"]:
            result, test = assertion["earl:result"], assertion["earl:test"]
            if result["earl:outcome"] != "pass":
                yield Failure(
                    file=file["earl:testSubject"]["url"],
                    rule=test["dct:title"],
                    impact=test["earl:impact"],
                    text=result["dct:description"],
                    html=result.get("html", ""),
                )
