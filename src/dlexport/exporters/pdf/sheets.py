"""Cheat-sheets: one for each deck and one for the whole collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlexport.exporters import Artifact
from dlexport.exporters.pdf.document import write_pdf
from dlexport.exporters.pdf.printing import Printer
from dlexport.model import Deck

# A column of the sheet in em of its text: how wide a formula may be.
_COLUMN_EM = 31.0


def artifacts(printer: Printer) -> Iterator[Artifact]:
    """The sheet of each deck, then the one of all decks, unless this is a selection."""
    for deck in printer.collection.decks:
        yield _sheet(printer, [deck], deck.title, deck.id)
    if not printer.collection.is_selection:
        yield _sheet(printer, printer.collection.decks, "All topics", "all")


def _sheet(printer: Printer, decks: Sequence[Deck], title: str, name: str) -> Artifact:
    questions = [q for deck in decks for q in deck.questions]
    layout = printer.lay_out("cheatsheet", questions, _COLUMN_EM, decks=decks, title=title)
    return printer.artifact(f"cheatsheet-{name}", write_pdf(layout))
