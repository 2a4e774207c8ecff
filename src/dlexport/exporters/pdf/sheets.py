"""Cheat-sheets: one for each deck, and all of them as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from dlexport.exporters import Artifact
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import Printer
from dlexport.model import Deck
from dlexport.problems import Problem
from dlexport.rendering.filenames import file_name

# A column of the sheet in em of its text: how wide a formula may be.
_COLUMN_EM = 31.0
_ALL = "all"


def makers(printer: Printer) -> list[Callable[[], list[Artifact]]]:
    """What makes the sheets: that of all decks, unless this is a selection, and each deck's."""
    decks = printer.collection.decks
    found = [partial(_sheet, printer, deck) for deck in decks]
    if printer.collection.is_selection:
        return [*found]
    return [partial(_all_sheets, printer), *found]


def _sheet(printer: Printer, deck: Deck) -> list[Artifact]:
    name = f"cheatsheet-{file_name(deck.id, taken=(_ALL,))}"
    part, warnings = _part(printer, deck, name)
    return [_numbered(printer, name, [part], warnings, deck.title)]


def _all_sheets(printer: Printer) -> list[Artifact]:
    """The sheets one after the other: each deck begins on a page of its own."""
    name = f"cheatsheet-{_ALL}"
    made = [_part(printer, deck, name) for deck in printer.collection.decks]
    warnings = [warning for _, said in made for warning in said]
    parts = [part for part, _ in made]
    return [_numbered(printer, name, parts, warnings, "All topics")]


def _numbered(
    printer: Printer, name: str, parts: Sequence[Part], warnings: Sequence[Problem], title: str
) -> Artifact:
    sources = printer.numbers("sheet", sum(part.layout.pages for part in parts))
    numbers = printer.lay_out(sources, name)
    return printer.artifact(name, parts, warnings, title=title, furniture=numbers)


def _part(printer: Printer, deck: Deck, name: str) -> tuple[Part, tuple[Problem, ...]]:
    writer = printer.writer(deck.questions, _COLUMN_EM)
    source = writer.source("cheatsheet", deck=deck)
    (layout,) = printer.lay_out([source], name)
    return Part(layout), writer.warnings
