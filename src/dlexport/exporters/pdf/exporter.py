"""Cheat-sheets: one for each deck and one for the whole collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from dlexport.exporters import Artifact, Context
from dlexport.exporters.pdf.document import make_pdf
from dlexport.exporters.pdf.renderer import PdfRenderer
from dlexport.model import Collection, Deck
from dlexport.templating import environment, long_date

# A column of the sheet in em of its text: where long formulas break.
_COLUMN_EM = 31.0


class PdfExporter:
    """Writes `pdf/a4/cheatsheet-<deck>.pdf` and `cheatsheet-all.pdf`."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """The sheet of each deck, then the one of all decks."""
        for deck in collection.decks:
            yield self._sheet(collection, context, [deck], deck.title, deck.id)
        if not collection.is_selection:
            yield self._sheet(collection, context, collection.decks, "All topics", "all")

    def _sheet(
        self,
        collection: Collection,
        context: Context,
        decks: Sequence[Deck],
        title: str,
        name: str,
    ) -> Artifact:
        shown = {q.id for deck in decks for q in deck.questions}
        renderer = PdfRenderer(collection, shown, _COLUMN_EM, references=False)
        templates = environment(collection, renderer)
        html = templates.get_template("pdf/cheatsheet.html").render(
            decks=decks, title=title, date=long_date(context.timestamp), context=context
        )
        css = templates.get_template("pdf/cheatsheet.css").render(
            title=title, date=long_date(context.timestamp)
        )
        pdf = make_pdf(html, css, collection)
        path = PurePosixPath("pdf", "a4", f"cheatsheet-{name}.pdf")
        return Artifact(path, pdf.data, pdf.warnings)
