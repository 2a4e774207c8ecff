"""Texts as the HTML of a page for each deck, formulas as MathML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dlexport.model import Picture, Question
from dlexport.problems import Place
from dlexport.rendering.base import question_anchor
from dlexport.rendering.filenames import site_page
from dlexport.rendering.screen import ScreenRenderer


class WebRenderer(ScreenRenderer):
    """All pages lie in one folder, pictures in a folder below it."""

    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        size = attributes or {"width": f"{picture.width:.0f}", "height": f"{picture.height:.0f}"}
        written = "".join(f' {k}="{escape(v)}"' for k, v in size.items())
        return f'<img src="images/{picture.name}" alt="{escape(alt)}"{written} loading="lazy" />'

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{site_page(question.deck)}#{question_anchor(question)}"
