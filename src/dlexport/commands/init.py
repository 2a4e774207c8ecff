"""`dlexport init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexport.commands.console import Console
from dlexport.commands.options import common
from dlexport.commands.reporting import reporting

if TYPE_CHECKING:
    from dlexport.rendering.session import Session


@click.command()
@common
@click.option("--title", default="", help="The collection's title.  [default: the folder's name]")
@reporting
def init(console: Console, session: Session, content: Path, title: str, **_: object) -> None:
    """Begin a collection: settings with a namespace of their own, and an example.

    Learners' cards hang on the namespace: with one, titles and folders may change. In a
    folder that holds questions already, only collection.toml is written.
    """
    from dlexport.building.init import init as begin

    written = begin(content, title)
    for path in written:
        console.line(str(path))
    console.json({"ok": True, "files": [str(path) for path in written]})
