"""Everything that is printed: sheets, flash cards, the book, questions for a mock interview."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.exporters import Artifact, Context
from dlexport.exporters.pdf import book, flashcards, sheets
from dlexport.exporters.pdf.printing import PAPERS, Printer
from dlexport.model import Collection


class PdfExporter:
    """Writes `pdf/a4/*.pdf`, and sheets and flash cards for US Letter to `pdf/letter/`."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """For each size of paper the sheets and cards; the book and its questions on A4."""
        printers = [Printer(collection, context, paper) for paper in PAPERS]
        for printer in printers:
            yield from sheets.artifacts(printer)
            yield from flashcards.artifacts(printer)
        yield from book.artifacts(printers[0])
