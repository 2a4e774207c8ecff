"""Where templates lie, and the fonts and programs that the build took from their packages."""

from __future__ import annotations

from pathlib import Path

from dlexport.problems import ResourceError

# The folder of the package itself.
PACKAGE = Path(__file__).parents[1]


def asset_folder() -> Path:
    """The folder of the bundled assets. Raise ResourceError if it was never built."""
    folder = PACKAGE / "assets"
    if not folder.is_dir():
        raise ResourceError(
            "fonts and formula engine are missing: run `make all` in a checkout, "
            "or install the wheel"
        )
    return folder


def template_folder() -> Path:
    """The templates that ship with dlexport: inside the wheel, or in the checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "templates"
