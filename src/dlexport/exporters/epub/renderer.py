"""Texts as the XHTML of a book's chapters, formulas as MathML or as drawings."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dlexport.document import FootnoteReference
from dlexport.math import Formula
from dlexport.model import Picture, Question
from dlexport.problems import Place
from dlexport.rendering.base import question_anchor, style_of_size
from dlexport.rendering.core import Scope
from dlexport.rendering.filenames import file_name
from dlexport.rendering.screen import ScreenRenderer


class EpubRenderer(ScreenRenderer):
    """Chapters lie side by side in one folder, pictures in a folder beside it.

    Notes and citations carry EPUB's own types beside ARIA's roles: reading
    systems open them in place by the former (EPUB 3 Structural Semantics
    Vocabulary 1.1).
    """

    wraps_code = True

    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        return (
            f'<img src="../images/{picture.name}" alt="{escape(alt)}"{style_of_size(attributes)} />'
        )

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{chapter_name(question)}#{question_anchor(question)}"

    def render_citation(self, question: Question, number: int) -> str:
        link = super().render_citation(question, number)
        return link.replace("<a ", '<a epub:type="biblioref" role="doc-biblioref" ', 1)

    def footnote_reference(self, node: FootnoteReference, scope: Scope) -> str:
        link = super().footnote_reference(node, scope)
        return link.replace('role="doc-noteref"', 'epub:type="noteref" role="doc-noteref"')

    def footnotes(self, scope: Scope) -> str:
        notes = super().footnotes(scope)
        return notes.replace('role="doc-footnote"', 'epub:type="footnote" role="doc-footnote"')


class DrawingEpubRenderer(EpubRenderer):
    """Formulas as drawings, for reading systems without MathML.

    They stand in the text, not in files of their own, and so have its colour
    by night too.
    """

    def render_formula(self, formula: Formula, place: Place, scope: Scope) -> str:
        drawing = self.engine.draw(formula)
        if not formula.display:
            return drawing.svg
        tag = f'<span class="tag">{escape(drawing.tag)}</span>' if drawing.tag else ""
        return f'<span class="formula">{drawing.svg}{tag}</span>'


def chapter_name(question: Question) -> str:
    """The name of the file that holds a question."""
    return f"{question.number:03d}-{file_name(question.id)}.xhtml"
