"""Templates by their names, and whose fault it is where one cannot be filled in."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, Template, TemplateError

from dlexport.engine.assets import template_folder
from dlexport.problems import ContentError, DlexportError, Place, Problems
from dlexport.reading.source import display_name
from dlexport.rendering.owntemplates import OURS

# How Jinja names templates in its messages.
_NAMED = re.compile("'([^']+)'")
_Source = tuple[str, str | None, Callable[[], bool] | None]


class Loader(BaseLoader):
    """A user's templates before ours; `!web/page.html` is ours in any case."""

    def __init__(self, own: Path | None) -> None:
        """Take the user's folder, if there is one."""
        ours = template_folder()
        self._ours = FileSystemLoader(ours)
        self._all = FileSystemLoader([own, ours], followlinks=True) if own else self._ours

    def get_source(self, environment: Environment, template: str) -> _Source:
        """The template of that name. Raise TemplateNotFound."""
        if template.startswith(OURS):
            return self._ours.get_source(environment, template.removeprefix(OURS))
        return self._all.get_source(environment, template)


class OurTemplate(Template):
    """A template whose errors are a problem with file and line where a user wrote it."""

    def render(self, *arguments: Any, **values: Any) -> str:
        """The template, filled in. Raise ContentError for a fault of a user's template."""
        try:
            return super().render(*arguments, **values)
        except DlexportError:
            raise
        except Exception as error:
            own = getattr(self.environment, "own_templates", None)
            place = _place(error, own) if isinstance(own, Path) else None
            if place is None:
                raise
            problems = Problems()
            problems.add("bad-template", place, f"cannot be filled in: {_reason(error)}")
            raise ContentError(problems) from error


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it leads to itself"
    said = error.message if isinstance(error, TemplateError) else ""
    return said or f"{type(error).__name__}: {error}"


def _place(error: Exception, own: Path) -> Place | None:
    """Where in a user's templates an error comes from, the innermost place last.

    One that comes up in a template of ours has its reason in what theirs have left out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(own):
            return Place(display_name(path), frame.lineno or 1)
    if not isinstance(error, TemplateError):
        return None
    named = (own / name for name in _NAMED.findall(error.message or ""))
    return Place(display_name(next((path for path in named if path.is_file()), own)))
