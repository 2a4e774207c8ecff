"""From errors to messages and exit codes: the one place."""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dlexport.commands.console import Console, problem_data
from dlexport.commands.faults import explained
from dlexport.commands.streams import StreamError, results_alone
from dlexport.problems import ContentError, DlexportError


def reporting(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command its console and session, and say what went wrong where something did."""

    @functools.wraps(function)
    def wrapped(
        *, quiet: bool, verbose: bool, as_json: bool, no_cache: bool = False, **options: Any
    ) -> None:
        from dlexport.engine.cache import Cache, default_folder
        from dlexport.rendering.session import Session

        with results_alone() as results:
            console = Console(results, quiet=quiet, verbose=verbose, as_json=as_json)
            session = Session(Cache(None if no_cache else default_folder()))
            with _told(console):
                function(console=console, session=session, **options)

    return wrapped


@contextmanager
def _told(console: Console) -> Iterator[None]:
    """Say what goes wrong, and exit with its status; a stream's fault is for `main`."""
    try:
        yield
    except StreamError:
        raise
    except ContentError as error:
        console.report(error.problems)
        console.json({"ok": False, "problems": problem_data(error.problems)})
        sys.exit(error.exit_code)
    except DlexportError as error:
        console.fail(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        console.fail("interrupted; what was there before is as it was")
        sys.exit(130)
    except Exception as error:
        if console.verbose:
            traceback.print_exc()
        console.fail(_fault(error, console))
        sys.exit(1)
    finally:
        console.done()


def _fault(error: Exception, console: Console) -> str:
    if isinstance(error, ImportError):
        return f"{error}: `dlexport doctor` says what is missing and how to get it"
    return explained(error) + ("" if console.verbose else " (--verbose shows where)")
