"""`dlexport check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console, problem_data
from dlexport.commands.options import common
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.render.session import Session


@click.command()
@common
@click.option("--run", "run_code", is_flag=True, help="Also run the code and compare its output.")
@reporting
def check(console: Console, session: Session, content: Path, strict: bool, run_code: bool) -> None:
    """Find every problem of the content; write nothing."""
    from dlexport.building.build import counts
    from dlexport.building.load import load_checked

    console.progress("checking")
    collection, problems = load_checked(content, session, strict=strict, run_code=run_code)
    console.report(problems)
    console.line(counts(collection) + (", code run" if run_code else "") + ": no errors")
    console.json({"ok": True, "problems": problem_data(problems)})
