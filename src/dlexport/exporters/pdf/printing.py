"""What all printed matter shares: paper, dates, templates, renderers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from dlexport.exporters import Artifact, Context
from dlexport.exporters.pdf.document import Layout, Pdf
from dlexport.exporters.pdf.renderer import PdfRenderer
from dlexport.model import Collection, Question
from dlexport.templating import environment, long_date


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: its folder below pdf/, its name in CSS, its size in millimetres."""

    folder: str
    css: str
    width: float
    height: float


PAPERS = (Paper("a4", "A4", 210, 297), Paper("letter", "letter", 215.9, 279.4))


@dataclass(frozen=True, slots=True)
class Printer:
    """Lays out a collection's templates on one size of paper."""

    collection: Collection
    context: Context
    paper: Paper

    def lay_out(
        self,
        template: str,
        questions: Iterable[Question],
        width_em: float,
        *,
        references: bool = False,
        **values: Any,
    ) -> Layout:
        """`pdf/<template>.html` with its stylesheet, for a document of these questions.

        Formulas are at most `width_em` wide, in em of the running text.
        """
        renderer = PdfRenderer(
            self.collection, {q.id for q in questions}, width_em, references=references
        )
        templates = environment(self.collection, renderer, self.context.templates)
        shared = {
            "paper": self.paper,
            "context": self.context,
            "date": long_date(self.context.timestamp),
            **values,
        }
        html = templates.get_template(f"pdf/{template}.html").render(**shared)
        css = templates.get_template(f"pdf/{template}.css").render(**shared)
        layout = Layout(html, css, self.collection)
        layout.warnings[:0] = renderer.warnings
        return layout

    def _explained(self, warning: str) -> str:
        """What WeasyPrint says of a missing glyph, with the first place where it is wanted."""
        found = re.search(r'unsupported by fonts: "(.+?)"', warning)
        if not found:
            return warning
        wanted = set(found[1])
        for question in self.collection.questions:
            for text in question.texts:
                for token in text.everything:
                    if wanted & set(token.content) and not token.children:
                        return f"{token.meta['place']}: no font has the character {found[1]}"
        return warning

    def artifact(self, name: str, pdf: Pdf, *warnings: str) -> Artifact:
        """The PDF in the paper's folder."""
        path = PurePosixPath("pdf", self.paper.folder, f"{name}.pdf")
        said = (*warnings, *map(self._explained, pdf.warnings))
        return Artifact(path, pdf.data, tuple(dict.fromkeys(said)))
