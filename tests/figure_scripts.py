"""Draw a figure with its script."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from clients.service import Service

SERVICE = Path(__file__).with_name("figure_service.py")


def draw(script: Path, folder: Path, environment: Mapping[str, str]) -> list[Path]:
    """Run a script where it lies, and give the pictures that it has drawn into the folder.

    Scripts with the same environment share a process that has loaded matplotlib.
    """
    service = _service(script.parent, tuple(environment.items()))
    service.ask(script=str(script), folder=str(folder))
    return sorted(folder.glob("*.svg"))


@cache
def _service(figures: Path, environment: tuple[tuple[str, str], ...]) -> Service:
    return Service(sys.executable, SERVICE, figures, extra=dict(environment))
