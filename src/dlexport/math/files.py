"""The scripts of the math engine, which the build puts into the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def script(name: str) -> str:
    """The text of one of the main scripts, such as "mathjax.js".

    Raise FileNotFoundError, saying what to do, if the package was never built.
    """
    try:
        return _folder().joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        message = f"{name} is missing: in a checkout run `python hatch_build.py`"
        raise FileNotFoundError(message) from None


def glyphs(name: str) -> str:
    """The script with some of the rarer glyphs; empty if the package leaves them out."""
    try:
        return _folder().joinpath("glyphs", f"{name}.js").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _folder() -> Traversable:
    from importlib.resources import files  # slow to import

    return files("dlexport").joinpath("assets", "math")
