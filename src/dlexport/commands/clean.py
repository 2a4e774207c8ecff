"""`dlexport clean`."""

from __future__ import annotations

from pathlib import Path

import click

from dlexport.commands.console import Console, size


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder with the outputs.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
def clean(out: Path, quiet: bool) -> None:
    """Delete the outputs and the cache; files that dlexport did not write stay."""
    from dlexport.building.write import remove_outputs
    from dlexport.engine.cache import Cache, default_folder

    console = Console(quiet=quiet, verbose=False, as_json=False)
    folder = default_folder()
    console.line(f"{out}: {remove_outputs(out)} files deleted")
    console.line(f"{folder}: {size(Cache(folder).clear())} freed")
