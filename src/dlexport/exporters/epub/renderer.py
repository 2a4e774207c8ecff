"""Texts as the XHTML of a book's chapters, formulas as MathML."""

from __future__ import annotations

from html import escape

from dlexport.math import Formula
from dlexport.model import Picture, Question
from dlexport.render.base import Env, TextRenderer, question_anchor


class EpubRenderer(TextRenderer):
    """Chapters lie side by side in one folder, pictures in a folder beside it."""

    wraps_code = True

    def render_formula(self, formula: Formula, env: Env) -> str:
        markup = self.engine.on_screen(formula)
        return f'<span class="formula">{markup}</span>' if formula.display else markup

    def render_picture(
        self, picture: Picture, alt: str, attributes: dict[str, str], env: Env
    ) -> str:
        style = "".join(f"{k}: {_css_length(v)};" for k, v in attributes.items())
        styled = f' style="{escape(style)}"' if style else ""
        return f'<img src="../images/{picture.name}" alt="{escape(alt)}"{styled} />'

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{chapter_name(question)}#{question_anchor(question)}"


def chapter_name(question: Question) -> str:
    """The name of the file that holds a question."""
    return f"{question.number:03d}-{question.id}.xhtml"


def _css_length(value: str) -> str:
    return f"{value}px" if value.isdigit() else value
