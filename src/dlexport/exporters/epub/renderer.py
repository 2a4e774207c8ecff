"""Texts as the XHTML of a book's chapters, formulas as MathML."""

from __future__ import annotations

from html import escape

from dlexport.model import Picture, Question
from dlexport.render.base import Env, question_anchor, style_of_size
from dlexport.render.screen import ScreenRenderer


class EpubRenderer(ScreenRenderer):
    """Chapters lie side by side in one folder, pictures in a folder beside it."""

    wraps_code = True

    def render_picture(
        self, picture: Picture, alt: str, attributes: dict[str, str], env: Env
    ) -> str:
        return (
            f'<img src="../images/{picture.name}" alt="{escape(alt)}"{style_of_size(attributes)} />'
        )

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{chapter_name(question)}#{question_anchor(question)}"


def chapter_name(question: Question) -> str:
    """The name of the file that holds a question."""
    return f"{question.number:03d}-{question.id}.xhtml"
