"""Everything that is printed: sheets, flash cards, the book, questions for a mock interview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.pdf import book, flashcards, sheets
from dlexport.exporters.pdf.glyphs import missing_glyphs
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection


class PdfExporter:
    """Writes `pdf/a4/*.pdf`, and sheets and flash cards for US Letter to `pdf/letter/`."""

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """For each size of paper the sheets and cards; the book and its questions on A4."""
        missing: set[str] = set()
        printers = [Printer(collection, context, paper, workers, missing) for paper in PAPERS]
        # What takes longest begins first.
        makers: list[Callable[[], list[Artifact]]] = [partial(book.make, printers[0])]
        makers += [partial(flashcards.make, printer) for printer in printers]
        makers += [maker for printer in printers for maker in sheets.makers(printer)]
        first, *others = [item for made in workers.side_by_side(makers) for item in made]
        # Once for a question, not for each file that shows it.
        said = (*first.warnings, *missing_glyphs(collection, missing))
        yield replace(first, warnings=said)
        yield from others
