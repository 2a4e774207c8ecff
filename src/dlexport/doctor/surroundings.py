"""What dlexport brings with it, and where it keeps and shows things."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from dlexport.doctor.findings import BUILDING, READING, Finding, shown
from dlexport.engine.assets import asset_folder, template_folder
from dlexport.engine.cache import default_folder
from dlexport.problems import ResourceError

_REINSTALL = "in a checkout: make all; else: pip install --force-reinstall dlexport"


def assets() -> Finding:
    """The formula engine and the fonts, which are ours: the system's are never used."""
    what = "formula engine, fonts"
    try:
        folder = asset_folder()
    except ResourceError as error:
        return Finding(what, str(error), (*BUILDING, *READING), _REINSTALL)
    fonts = len(list((folder / "fonts").glob("*.woff2")))
    scripts = [folder / "math" / name for name in ("mathjax.js", "temml.js")]
    missing = [shown(path) for path in scripts if not path.is_file()]
    if missing or not fonts:
        found = f"{', '.join(missing)} missing" if missing else "no fonts"
        return Finding(what, found, (*BUILDING, *READING), _REINSTALL)
    return Finding(what, f"{fonts} fonts in {shown(folder)}")


def templates() -> Finding:
    """The templates of all formats."""
    folder = template_folder()
    if not folder.is_dir():
        return Finding("templates", f"{shown(folder)} is missing", (*BUILDING, "init"), _REINSTALL)
    return Finding("templates", shown(folder))


def cache() -> Finding:
    """The folder of earlier results; without it all runs, but nothing is kept."""
    folder = default_folder()
    if problem := _unwritable(folder):
        remedy = "set DLEXPORT_CACHE to a folder that you may write to"
        return Finding("cache", f"{problem}: nothing is kept for the next build", (), remedy)
    return Finding("cache", shown(folder))


def temporary_folder() -> Finding:
    """The folder for passing files between processes."""
    try:
        folder = tempfile.gettempdir()
    except FileNotFoundError as error:
        remedy = "set TMPDIR to a folder that you may write to"
        return Finding("temporary folder", str(error), (*BUILDING, *READING), remedy)
    return Finding("temporary folder", folder)


def terminal() -> Finding:
    """What messages are shown on: they have quotation marks and formulas in them."""
    encoding = sys.stdout.encoding or "unknown"
    width = shutil.get_terminal_size().columns
    place = "a terminal" if sys.stdout.isatty() else "no terminal"
    colours = "no colours (NO_COLOR)" if os.environ.get("NO_COLOR") else "colours on a terminal"
    found = f"{place}, {encoding}, {width} columns, {colours}"
    try:
        "“∑”".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Finding("terminal", f"{found}: some signs cannot be shown", (), "set PYTHONUTF8=1")
    return Finding("terminal", found)


def numpy() -> Finding:
    """What the code of a collection may import."""
    try:
        return Finding("NumPy", metadata.version("numpy"))
    except metadata.PackageNotFoundError:
        needed = "not installed; `check --run` needs it where the content's code does"
        return Finding("NumPy", needed, (), "pip install numpy")


def _unwritable(folder: Path) -> str:
    """What keeps files from being written into a folder that may have to be made first."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return f"{shown(folder)} cannot be written to ({error.strerror})"
