"""`dlexport doctor`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console
from dlexport.commands.streams import results_alone

if TYPE_CHECKING:
    from dlexport.doctor.findings import Report

_COLOURS = {"ok": "green", "note": "yellow", "missing": "red"}
_SHOWN = ("dlexport", "Python", "system")  # the other versions are in the JSON


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def doctor(as_json: bool) -> None:
    """Say what this machine lacks for each command, and how to get it.

    Exit status: 0 if every command can run, else 1. Add the output to a report of a fault.
    """
    from dlexport.doctor.examination import examine

    with results_alone() as results:
        console = Console(results, as_json=as_json)
        report = examine()
        _show(report, console)
        console.json(report.data())
    sys.exit(0 if report.ok else 1)


def _show(report: Report, console: Console) -> None:
    for name in _SHOWN:
        console.line(f"{name} {report.versions[name]}")
    console.line()
    width = max(len(finding.what) for finding in report.findings)
    for finding in report.findings:
        state = click.style(f"{finding.state:7}", fg=_COLOURS[finding.state])
        console.line(f"  {state}  {finding.what:{width}}  {finding.found}")
        if finding.remedy:
            console.line(f"  {'':7}  {'':{width}}  {finding.remedy}")
    console.line()
    for command, lacking in report.lacks.items():
        if lacking:
            console.line(f"dlexport {command} lacks {', '.join(lacking)}")
    if report.ok:
        console.line("Every command can run.")
