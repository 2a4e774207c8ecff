"""The fonts and programs that the wheel's build took from their packages."""

from __future__ import annotations

from pathlib import Path

from dlexport.problems import ResourceError


def asset_folder() -> Path:
    """The folder of the bundled assets. Raise ResourceError if it was never built."""
    folder = Path(__file__).with_name("assets")
    if not folder.is_dir():
        raise ResourceError(
            "fonts and formula engine are missing: run `make all` in a checkout, "
            "or install the wheel"
        )
    return folder
