"""Texts as the HTML that WeasyPrint lays out: formulas are images, no MathML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dlexport.exporters.pdf import images
from dlexport.math import Drawing, Formula
from dlexport.model import Collection, Picture, Question
from dlexport.problems import Place, Problem
from dlexport.rendering.base import (
    TextRenderer,
    heading_anchor,
    question_anchor,
    style_of_size,
)
from dlexport.rendering.core import Scope
from dlexport.rendering.highlight import Line, markup, wrap
from dlexport.rendering.session import Session

# What the engine takes an em for.
_EX_IN_EM = 2.0
# Display formulas shrink to this before their lines are broken.
_SMALLEST_SCALE = 0.75
# What is smaller than this part of its natural size is reported.
_LEGIBLE_SCALE = 0.5
# The letters of running text, roughly, in CSS pixels.
_EM = 13.0
# Of templates/shared/text.css, in em of the running text: the width of a letter
# of code (0.6 em of JetBrains Mono at 0.86 em), and what stands beside the code.
_CODE_ADVANCE = 0.6 * 0.86
_CODE_PADDING = 1.6
_MARK_COLUMNS = 3


class PdfRenderer(TextRenderer):
    """Renders for one document that shows the given questions.

    Links to other questions lead to their anchors inside the document; those
    to questions that are not in it are plain text. Display formulas wider than
    `width_em`, in em of the surrounding text, shrink a little, or else break.
    """

    heading_offset = 1

    def __init__(
        self,
        collection: Collection,
        session: Session,
        shown: set[str],
        width_em: float,
        *,
        references: bool,
    ) -> None:
        super().__init__(collection, session)
        self.questions = shown
        self.width_em = width_em
        self.with_references = references
        self.warnings: dict[Problem, None] = {}
        # The drawings that were rendered, by their addresses.
        self.drawings: dict[str, str] = {}

    def render_formula(self, formula: Formula, place: Place, scope: Scope) -> str:
        drawing = self.engine.draw(formula)
        if not formula.display:
            return self._image(drawing)
        width = drawing.width_ex / _EX_IN_EM + (3 if drawing.tag else 0)
        scale = min(1.0, self.width_em / width)
        if scale < _SMALLEST_SCALE:
            drawing = self.engine.draw(formula, width_em=self.width_em)
            scale = min(1.0, self.width_em * _EX_IN_EM / drawing.width_ex)
        if scale < _LEGIBLE_SCALE:
            self._warn(place, "small-formula", "the formula is too long")
        style = f' style="font-size: {scale:.3f}em"' if scale < 1 else ""
        tag = f'<span class="tag">{escape(drawing.tag)}</span>' if drawing.tag else ""
        return f'<span class="formula"{style}>{self._image(drawing)}{tag}</span>'

    def _image(self, drawing: Drawing) -> str:
        address = images.address(drawing.svg)
        self.drawings[address] = drawing.svg
        return (
            f'<img class="math" src="{address}" alt="{escape(drawing.words)}" '
            f'style="width: {drawing.width_ex:.3f}ex; vertical-align: {-drawing.depth_ex:.3f}ex" />'
        )

    def line_of_code(self, line: Line) -> str:
        """The line, broken at the width of the text, each continuation with a mark."""
        columns = max(int((self.width_em - _CODE_PADDING) / _CODE_ADVANCE), 20)
        first, *others = wrap(line, columns - _MARK_COLUMNS)
        mark = '\n<span class="wrap" aria-hidden="true">↪ </span>'
        return markup(first) + "".join(mark + markup(other) for other in others)

    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        scale = self.width_em * _EM / max(picture.width, 1)
        if scale < _LEGIBLE_SCALE and not attributes and picture.media_type.endswith("xml"):
            self._warn(place, "small-picture", "the picture is too wide")
        return (
            f'<img src="picture/{picture.name}" alt="{escape(alt)}"{style_of_size(attributes)} />'
        )

    def question_address(self, question: Question) -> str | None:
        return f"#{question_anchor(question)}" if question.id in self.questions else None

    def heading_anchor(self, question: Question, name: str) -> str | None:
        # Where there are no references, there is no more than a part of the answer.
        return heading_anchor(question, name) if self.with_references else None

    def reference_address(self, question: Question, number: int) -> str | None:
        return super().reference_address(question, number) if self.with_references else None

    def _warn(self, place: Place, code: str, message: str) -> None:
        """The message is the same for each document, so that it is shown once."""
        said = f"{message}: it is shrunk to less than half"
        self.warnings[Problem(place, code, said)] = None
