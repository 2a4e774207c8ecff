"""A user's own templates: what is in their folder, and what is wrong with it.

The folder is trusted, links in it are followed. A file with the path of one of ours comes in
its place, and finds ours behind a `!`; what templates refer to is theirs too. Other files in
`web/` go to the site as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from dlexport.engine.assets import template_folder
from dlexport.engine.entrypoints import exporters_of_others
from dlexport.engine.templates import template_files
from dlexport.problems import Place, Problem, did_you_mean
from dlexport.reading.source import display_name

OURS = "!"  # before the path of a template of ours that has one of theirs before it
_TEXTS = (".html", ".xhtml", ".css", ".opf", ".md")
_SITE = "web/"
_ANKI = "anki/"
_REFERRING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
# `{{Field}}` is Anki's.
_WRONG = re.compile(r"\{%|\{\{")
_WRONG_FOR_ANKI = re.compile(r"\{%")
_RIGHT = {"{%": "[%", "{{": "[["}


def site_files(folder: Path, environment: Environment) -> Mapping[str, Path]:
    """The files that go to the site as they are, by their paths there."""
    own = _Own(folder, environment)
    return {
        name.removeprefix(_SITE): path
        for name, path in own.files.items()
        if name.startswith(_SITE) and not own.is_template(name)
    }


def place_in_templates(folder: Path, words: str, name: str = "") -> Place:
    """Where words stand in a user's templates, in that of a name first; else the folder."""
    first = folder / name
    files = [p for p in template_files(folder) if p.suffix in _TEXTS]
    for path in sorted(files, key=lambda path: path != first) if words else ():
        before, found, _ = path.read_text(encoding="utf-8", errors="replace").partition(words)
        if found:
            column = len(before) - (before.rfind("\n") + 1) + 1
            return Place(display_name(path), before.count("\n") + 1, column)
    return Place(display_name(first if name and first.is_file() else folder))


def template_problems(folder: Path, environment: Environment) -> Iterator[Problem]:
    """What is wrong with a folder of templates, as far as it shows without a collection."""
    own = _Own(folder, environment)
    # Exporters of other packages have templates of their own.
    elsewhere = (_SITE, *(f"{name}/" for name in exporters_of_others()))
    for name, path in own.files.items():
        if own.is_template(name):
            yield from own.faults(name)
        elif not name.startswith(elsewhere):
            hint = did_you_mean(name, own.ours)
            message = "no output has such a template, and none of yours refers to it"
            yield Problem(Place(display_name(path)), "unused-template", message, hint)


class _Own:
    """The files of one folder."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        self.files = {p.relative_to(folder).as_posix(): p for p in template_files(folder)}
        ours = template_folder()
        self.ours = {p.relative_to(ours).as_posix() for p in template_files(ours)}
        self._environment = environment
        self._referred = self._followed(self.ours & set(self.files))

    def is_template(self, name: str) -> bool:
        """Whether a file is filled in: it comes for one of ours, or such a one refers to it."""
        return name in self.ours or name in self._referred

    def faults(self, name: str) -> Iterator[Problem]:
        """What is wrong with a template by itself."""
        place = partial(Place, display_name(self.files[name]))
        try:
            source = self.files[name].read_text(encoding="utf-8")
            self._environment.compile(source, name)
            referred = list(self._references(name))
        except TemplateSyntaxError as error:
            yield Problem(place(error.lineno), "bad-template", error.message or "is no template")
            return
        except (OSError, UnicodeDecodeError) as error:
            yield Problem(place(), "bad-template", f"cannot be read: {error}")
            return
        for target, line in referred:
            yield from self._bad_reference(name, target, place(line))
        yield from _wrong_delimiters(source, place, for_anki=name.startswith(_ANKI))

    def _bad_reference(self, name: str, target: str, place: Place) -> Iterator[Problem]:
        known = {*self.files, *self.ours, *(OURS + ours for ours in self.ours)}
        if target not in known:
            message = f"there is no template “{target}”"
            yield Problem(place, "bad-template", message, did_you_mean(target, known))
        elif name == target or name in self._followed([target]):
            hint = f"ours is “{OURS}{target}”" if target in self.ours else "take one of the two out"
            message = f"“{name}” leads to itself, by way of “{target}”"
            yield Problem(place, "bad-template", message, hint)

    def _followed(self, names: Iterable[str]) -> set[str]:
        """Files of the folder that some of its files refer to, at first or at second hand."""
        found: set[str] = set()
        left = list(names)
        while left:
            try:
                referred = [target for target, _ in self._references(left.pop())]
            except (TemplateSyntaxError, OSError, UnicodeDecodeError):
                continue  # which is a problem of its own
            left += [t for t in referred if t in self.files and t not in found]
            found.update(t for t in referred if t in self.files)
        return found

    def _references(self, name: str) -> Iterator[tuple[str, int]]:
        """The templates that a template of the folder names, with their lines."""
        if name not in self.files:
            return
        tree = self._environment.parse(self.files[name].read_text(encoding="utf-8"), name)
        for node in tree.find_all(_REFERRING):
            named = getattr(node, "template", None)
            if isinstance(named, nodes.Const):
                yield str(named.value), node.lineno


def _wrong_delimiters(source: str, place: partial[Place], *, for_anki: bool) -> Iterator[Problem]:
    """The first mark of each kind that is Jinja's own and not one of these templates."""
    said: set[str] = set()
    for number, line in enumerate(source.splitlines(), 1):
        for found in (_WRONG_FOR_ANKI if for_anki else _WRONG).finditer(line):
            if found[0] not in said:
                said.add(found[0])
                message = f"“{found[0]}” is no delimiter here, and is shown as it is"
                hint = f"write “{_RIGHT[found[0]]}”"
                yield Problem(
                    place(number, found.start() + 1), "template-delimiters", message, hint
                )
