"""Texts as the HTML that WeasyPrint lays out: formulas drawn as SVG, no MathML."""

from __future__ import annotations

from html import escape

from dlexport.math import Formula
from dlexport.model import Collection, Picture, Question
from dlexport.render.base import Env, TextRenderer, question_anchor

# What the engine takes an em for.
_EX_IN_EM = 2.0
# Display formulas shrink to this before their lines are broken.
_SMALLEST_SCALE = 0.75


class PdfRenderer(TextRenderer):
    """Renders for one document that shows the given questions.

    Links to other questions lead to their anchors inside the document; those
    to questions that are not in it are plain text. Display formulas wider than
    `width_em`, in em of the surrounding text, shrink a little, or else break.
    """

    heading_offset = 1
    wraps_code = True

    def __init__(
        self, collection: Collection, shown: set[str], width_em: float, *, references: bool
    ) -> None:
        super().__init__(collection)
        self.questions = shown
        self.width_em = width_em
        self.with_references = references

    def render_formula(self, formula: Formula, env: Env) -> str:
        drawing = self.engine.draw(formula)
        if not formula.display:
            return drawing.svg
        width = drawing.width_ex / _EX_IN_EM + (3 if drawing.tag else 0)
        scale = min(1.0, self.width_em / width)
        if scale < _SMALLEST_SCALE:
            drawing = self.engine.draw(formula, width_em=self.width_em)
            scale = min(1.0, self.width_em * _EX_IN_EM / drawing.width_ex)
        style = f' style="font-size: {scale:.3f}em"' if scale < 1 else ""
        tag = f'<span class="tag">{escape(drawing.tag)}</span>' if drawing.tag else ""
        return f'<span class="formula"{style}>{drawing.svg}{tag}</span>'

    def render_picture(self, picture: Picture, alt: str, attributes: dict[str, str]) -> str:
        style = "".join(f"{k}: {_css_length(v)};" for k, v in attributes.items())
        styled = f' style="{escape(style)}"' if style else ""
        return f'<img src="picture/{picture.name}" alt="{escape(alt)}"{styled} />'

    def question_address(self, question: Question) -> str | None:
        return f"#{question_anchor(question)}" if question.id in self.questions else None

    def reference_address(self, question: Question, number: int) -> str | None:
        return super().reference_address(question, number) if self.with_references else None


def _css_length(value: str) -> str:
    return f"{value}px" if value.isdigit() else value
