"""`dlexport release`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dlexport.commands.console import Console, problem_data, size
from dlexport.commands.options import (
    NamedPath,
    common,
    force_option,
    out_option,
    templates_option,
)
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.rendering.session import Session


@click.command()
@common
@out_option
@force_option
@click.option("--previous", type=NamedPath(), metavar="DIR",
              help="The folder of the last release; none for the first.")  # fmt: skip
@templates_option
@reporting
def release(console: Console, session: Session, **options: Any) -> None:
    """Write the notes of a release for learners: what is new, and what to do in Anki.

    The collection as it is now is compared with the release.json of the last release.
    """
    from dlexport.building.release_notes import write_notes

    console.progress("reading and checking")
    noted = write_notes(session, **options)
    console.report(noted.problems)
    for remark in noted.remarks:
        console.note(remark)
    console.table([(str(noted.path), size(noted.size))], right=(1,))
    for line in noted.summary:
        console.line(line)
    console.json({"ok": True, "problems": problem_data(noted.problems), **noted.data})
