"""`dlexport clean`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console, size
from dlexport.commands.options import NamedPath
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.rendering.session import Session


@click.command()
@click.option("--out", type=NamedPath(), default=Path("build"),
              show_default=True, help="The folder with the outputs.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of dlexport lies.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@reporting
def clean(console: Console, session: Session, out: Path) -> None:
    """Delete the outputs and the cache.

    What dlexport did not write stays, and so does what was changed since; it is named.
    """
    from dlexport.building.write import remove_outputs
    from dlexport.problems import plural

    freed = session.cache.clear()
    removed = remove_outputs(out)
    for path in removed.left:
        console.note(f"{path}: is not as dlexport wrote it: it stays")
    console.line(f"{out}: {plural(removed.count, 'file')} deleted")
    console.line(f"{session.cache.folder}: {size(freed)} freed")
    left = [str(path) for path in removed.left]
    console.json({"ok": True, "deleted": removed.count, "left": left, "freed": freed})
