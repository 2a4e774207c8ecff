"""Texts as the HTML of a page for each deck, formulas as MathML."""

from __future__ import annotations

from html import escape

from dlexport.math import Formula
from dlexport.model import Picture, Question
from dlexport.render.base import Env, TextRenderer, question_anchor


class WebRenderer(TextRenderer):
    """All pages lie in one folder, pictures in a folder below it."""

    def render_formula(self, formula: Formula, env: Env) -> str:
        markup = self.engine.on_screen(formula)
        return f'<span class="formula">{markup}</span>' if formula.display else markup

    def render_picture(
        self, picture: Picture, alt: str, attributes: dict[str, str], env: Env
    ) -> str:
        size = attributes or {"width": f"{picture.width:.0f}", "height": f"{picture.height:.0f}"}
        written = "".join(f' {k}="{escape(v)}"' for k, v in size.items())
        return f'<img src="images/{picture.name}" alt="{escape(alt)}"{written} loading="lazy" />'

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{question.deck}.html#{question_anchor(question)}"
