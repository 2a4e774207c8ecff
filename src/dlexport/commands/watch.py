"""`dlexport watch`."""

from __future__ import annotations

import time
import webbrowser
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import click

from dlexport.commands.console import Console, problem_data
from dlexport.commands.faults import explained
from dlexport.commands.options import FORMATS, building
from dlexport.commands.reporting import reporting
from dlexport.problems import ContentError, DlexportError

if TYPE_CHECKING:
    from dlexport.building.build import Request
    from dlexport.building.unchanged import Outcome
    from dlexport.rendering.session import Session


@click.command()
@click.argument("formats", nargs=-1, type=click.Choice(FORMATS))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="The preview's port on this machine; 0 for any that is free.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@building
@reporting
def watch(
    console: Console,
    session: Session,
    formats: tuple[str, ...],
    port: int,
    open_browser: bool,
    **options: Any,
) -> None:
    """Build after each edit, and show the site in a browser that reloads itself.

    FORMATS are what to build, the site alone if none is named.
    """
    from dlexport.building.build import Request
    from dlexport.building.preview import Preview
    from dlexport.building.watching import after_each_edit

    request = Request(formats=formats or ("web",), **options)
    preview = Preview(request.out / "web", port) if "web" in request.formats else None
    if preview:
        console.line(f"preview: {preview.address}")
        if open_browser:
            webbrowser.open(preview.address)

    def rebuild() -> None:
        site, faults = _built(request, session, console)
        if preview:
            preview.show(site, faults)

    try:
        after_each_edit(request.state, rebuild)
    except KeyboardInterrupt:
        console.done()
    finally:
        if preview:
            preview.close()


def _built(request: Request, session: Session, console: Console) -> tuple[str, str]:
    """The site's checksum after a build that went well, else what is wrong, which is shown.

    Whatever a template, a package or a file that vanished raises may be mended by the next
    edit, so nothing ends the watch.
    """
    from dlexport.building.build import build

    start = time.perf_counter()
    try:
        outcome = build(request, session, tell=console.note)
    except ContentError as error:
        console.report(error.problems)
        console.json({"ok": False, "problems": problem_data(error.problems)})
        return "", "\n".join(f"{p}\n    {p.hint}" for p in error.problems)
    except Exception as error:
        message = str(error) if isinstance(error, DlexportError) else explained(error)
        console.fail(message)
        return "", message
    console.report(outcome.problems)
    console.json({"ok": True, "problems": problem_data(outcome.problems)})
    console.line(f"{time.strftime('%H:%M:%S')} built in {time.perf_counter() - start:.1f} s")
    return _checksum(outcome), ""


def _checksum(outcome: Outcome) -> str:
    """What stands for all bytes of the site."""
    pages = [f"{file.path} {file.sha256}" for file in outcome.files if file.format == "web"]
    return sha256("\n".join(pages).encode()).hexdigest()
