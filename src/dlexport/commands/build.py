"""`dlexport all`, and a command for each format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlexport.commands.console import Console, problem_data, size
from dlexport.commands.options import FORMATS, building
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.building.manifest import Entry
    from dlexport.building.unchanged import Outcome
    from dlexport.rendering.session import Session

# A format with more files than this gets one line in the summary.
_MOST_ROWS = 24


def _build(console: Console, session: Session, formats: Sequence[str], options: Any) -> None:
    from dlexport.building.build import Request, build

    request = Request(formats=formats, **options)
    outcome = build(request, session, console.progress, console.note)
    show(outcome, options["out"], console)


@click.command("all")
@click.option("--also", multiple=True, metavar="NAME",
              help="An exporter of another package, too; may be given more than once.")  # fmt: skip
@building
@reporting
def build_all(console: Console, session: Session, also: Sequence[str], **options: Any) -> None:
    """Make everything: Anki package, PDFs, EPUB book and site."""
    _build(console, session, list(dict.fromkeys([*FORMATS, *also])), options)


def format_command(name: str, help_text: str) -> click.Command:
    """The command that makes one format."""

    @click.command(name, help=help_text)
    @building
    @reporting
    def command(console: Console, session: Session, **options: Any) -> None:
        _build(console, session, [name], options)

    return command


COMMANDS = (
    build_all,
    format_command("anki", "Make the Anki package."),
    format_command("pdf", "Make the PDFs."),
    format_command("epub", "Make the EPUB book."),
    format_command("web", "Make the study site."),
)


def show(outcome: Outcome, out: Path, console: Console) -> None:
    """What came out of a build, and what is to be said about it."""
    if outcome.remark:
        console.note(outcome.remark)
    console.report(outcome.problems)
    console.table(_summary(outcome.files, out), right=(1,))
    console.line(outcome.counts)
    console.json(
        {
            "ok": True,
            "problems": problem_data(outcome.problems),
            "files": [{"path": f.path, "bytes": f.size} for f in outcome.files],
        }
    )


def _summary(files: Sequence[Entry], out: Path) -> list[tuple[str, str]]:
    """A row for each file, or for each format that has very many."""
    by_format: dict[str, list[Entry]] = {}
    for item in files:
        by_format.setdefault(item.format, []).append(item)
    rows = []
    for name, items in by_format.items():
        groups = [[item] for item in items] if len(items) <= _MOST_ROWS else [items]
        for group in groups:
            path = out / (group[0].path if len(group) == 1 else name)
            label = str(path) if len(group) == 1 else f"{path}/ ({len(group)} files)"
            count = sum(item.size for item in group)
            rows.append((label, size(count)))
    return rows
