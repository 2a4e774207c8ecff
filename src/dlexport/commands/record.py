"""`dlexport record`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console
from dlexport.commands.options import NamedPath, common
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.rendering.session import Session


@click.command()
@common
@click.argument("package", type=NamedPath(exists=True, dir_okay=False))
@reporting
def record(console: Console, session: Session, content: Path, package: Path, strict: bool) -> None:
    """Record the released Anki PACKAGE in the collection's ledger.

    The next release then updates in learners' collections what has changed, and
    nothing else; released ids that vanish or come back are errors from now on.
    """
    from dlexport.building.load import load_checked
    from dlexport.building.record import record as put_on_record
    from dlexport.problems import plural

    collection, problems = load_checked(content, session, strict=strict)
    console.report(problems)
    count = put_on_record(collection, package)
    console.line(f"{content / 'ledger.json'}: {plural(count, 'card')} on record")
    console.json({"ok": True, "cards": count})
