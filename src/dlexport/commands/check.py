"""`dlexport check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console, problem_data
from dlexport.commands.options import common, previous_option
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.rendering.session import Session


@click.command()
@common
@click.option("--run", "run_code", is_flag=True, help="Also run the code and compare its output.")
@click.option("--portable", is_flag=True,
              help="Run it a second time, with NumPy's oldest kernels.")  # fmt: skip
@previous_option
@reporting
def check(
    console: Console,
    session: Session,
    content: Path,
    strict: bool,
    run_code: bool,
    portable: bool,
    previous: Path | None,
) -> None:
    """Find every problem of the content; write nothing."""
    from dlexport.building.build import counts
    from dlexport.building.load import load_checked

    console.progress("checking")
    run_code = run_code or portable
    collection, problems = load_checked(
        content, session, strict=strict, previous=previous, run_code=run_code, portable=portable
    )
    console.report(problems)
    console.line(counts(collection) + (", code run" if run_code else "") + ": no errors")
    console.json({"ok": True, "problems": problem_data(problems)})
