"""What to say of an exception that is no DlexportError: the file that it is about, where known."""

from __future__ import annotations

import traceback
from pathlib import Path

from dlexport.reading.source import display_name


def explained(error: BaseException) -> str:
    """One line: a file that the system refuses, the line of a template, or our own fault."""
    if isinstance(error, OSError) and isinstance(error.filename, str) and error.strerror:
        return f"{display_name(Path(error.filename))}: {error.strerror}"
    kind = type(error)
    where = _place_in_a_template(error)
    if where:
        return f"{where}: {error or kind.__name__}"
    if kind.__module__.startswith("jinja2"):
        return f"a template cannot be used: {kind.__name__}: {error}"
    return f"a fault in dlexport: {kind.__name__}: {error}"


def _place_in_a_template(error: BaseException) -> str:
    """The file and the line of a template, of which Jinja makes the frames that it raises in."""
    if type(error).__module__.startswith("jinja2") and getattr(error, "filename", None):
        file, line = Path(error.filename), error.lineno  # type: ignore[attr-defined]
        return f"{display_name(file)}:{line}"
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame for frame in frames if not frame.filename.endswith((".py", ">"))]
    return f"{display_name(Path(found[-1].filename))}:{found[-1].lineno}" if found else ""
