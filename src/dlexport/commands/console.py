"""What the terminal shows: problems, progress, summaries."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Any, TextIO

import click

from dlexport.commands.streams import holds_all, write
from dlexport.problems import Problem, Problems, Severity

# A byte of a file's name that is no UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def wants_colour() -> bool | None:
    """False where NO_COLOR is set (https://no-color.org), else None: decide by the stream.

    A terminal that is `dumb` has no colours, nor lines that change.
    """
    return False if os.environ.get("NO_COLOR") or is_dumb() else None


def is_dumb() -> bool:
    """Whether the terminal says that it knows no sequences for control."""
    return os.environ.get("TERM") == "dumb"


class Console:
    """Results on standard output, everything else on standard error.

    Each method raises StreamError where a stream cannot be written.
    """

    def __init__(
        self, results: TextIO, *, quiet: bool = False, verbose: bool = False, as_json: bool = False
    ) -> None:
        self._results = results
        self.quiet = quiet
        self.verbose = verbose
        self.as_json = as_json
        self.started = perf_counter()
        is_shown = sys.stderr is not None and sys.stderr.isatty() and not is_dumb()
        self._live = is_shown and not quiet and not as_json
        self._shown = ""

    def problems(self, problems: Iterable[Problem]) -> None:
        """Every problem, sorted, with its hint."""
        for problem in problems:
            severity = problem.severity
            if self.as_json or (self.quiet and severity is Severity.WARNING):
                continue
            code = click.style(problem.code, fg=_COLOURS[severity], bold=True)
            self._error_line(f"{problem.place} {code} {problem.message}")
            if problem.hint:
                self._error_line("    " + click.style(problem.hint, dim=True))

    def report(self, problems: Problems) -> None:
        """Every problem, then how many there are of each kind."""
        self.problems(problems)
        found = [(len(problems.errors), "error"), (len(problems.warnings), "warning")]
        words = [f"{n} {word}{'s' * (n != 1)}" for n, word in found if n]
        if problems.allowed:
            words.append(f"{problems.allowed} allowed with a reason")
        if words:
            self.note(", ".join(words))

    def note(self, text: str) -> None:
        """A line beside the result, such as a count of problems."""
        if not self.quiet and not self.as_json:
            self._error_line(text)

    def progress(self, text: str) -> None:
        """What is being done: one line that changes on a terminal, plain lines elsewhere."""
        if self._live:
            self._shown = f"  {text}"[: _width()]
            write(f"\r\033[K{self._shown}", sys.stderr, colour=None, end=False)
        elif self.verbose and not self.as_json:
            self._error_line(f"  {perf_counter() - self.started:6.1f} s  {text}")

    def done(self) -> None:
        """Take the changing line away."""
        if self._live and self._shown:
            write("\r\033[K", sys.stderr, colour=None, end=False)
            self._shown = ""

    def line(self, text: str = "") -> None:
        """A line of the result for people."""
        if not self.quiet and not self.as_json:
            write(text, self._results, colour=wants_colour())

    def table(self, rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Rows in columns; the columns in `right` are aligned to the right."""
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
        for row in rows:
            cells = [
                cell.rjust(width) if i in right else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.line("  " + "  ".join(cells).rstrip())

    def json(self, data: Any) -> None:
        """The result for programs: UTF-8, or ASCII where the stream is something else."""
        if not self.as_json:
            return
        text = json.dumps(data, indent=2, ensure_ascii=False)
        if not holds_all(self._results) or _SURROGATE.search(text):
            text = json.dumps(data, indent=2)
        write(text, self._results, colour=False)

    def fail(self, message: str) -> None:
        """What ends the command, whatever else is to be quiet."""
        self.done()
        error = click.style("error", fg="red", bold=True)
        write(f"{error} {message}", sys.stderr, colour=wants_colour())
        self.json({"ok": False, "error": message})

    def _error_line(self, text: str) -> None:
        self.done()
        write(text, sys.stderr, colour=wants_colour())


def problem_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as data for `--json`."""
    return [
        {
            "file": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "code": p.code,
            "severity": str(p.severity),
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]


def size(count: int) -> str:
    """A number of bytes as people read it."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1e6:.1f} MB"


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except OSError:
        return 79
