"""From errors to messages and exit codes: the one place."""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from typing import Any

import click

from dlexport.commands.console import Console, problem_data, wants_colour
from dlexport.commands.faults import explained
from dlexport.problems import ContentError, DlexportError


def reporting(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command its console and session, and say what went wrong where something did."""

    @functools.wraps(function)
    def wrapped(
        *, quiet: bool, verbose: bool, as_json: bool, no_cache: bool = False, **options: Any
    ) -> None:
        from dlexport.engine.cache import Cache, default_folder
        from dlexport.rendering.session import Session

        console = Console(quiet=quiet, verbose=verbose, as_json=as_json)
        session = Session(Cache(None if no_cache else default_folder()))
        try:
            function(console=console, session=session, **options)
        except ContentError as error:
            console.report(error.problems)
            console.json({"ok": False, "problems": problem_data(error.problems)})
            sys.exit(error.exit_code)
        except DlexportError as error:
            fail(console, str(error))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            fail(console, "interrupted; what was there before is as it was")
            sys.exit(130)
        except ImportError as error:
            if verbose:
                traceback.print_exc()
            fail(console, f"{error}: `dlexport doctor` says what is missing and how to get it")
            sys.exit(1)
        except Exception as error:
            if verbose:
                traceback.print_exc()
            fail(console, explained(error) + ("" if verbose else " (--verbose shows where)"))
            sys.exit(1)
        finally:
            console.done()

    return wrapped


def fail(console: Console, message: str) -> None:
    """Say why there is no result."""
    console.done()
    click.echo(
        click.style("error", fg="red", bold=True) + f" {message}", err=True, color=wants_colour()
    )
    console.json({"ok": False, "error": message})
