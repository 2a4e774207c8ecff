"""Texts as the HTML of the site's pages, formulas as MathML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dlexport.model import Collection, Picture, Question
from dlexport.problems import Place
from dlexport.rendering.base import style_of_size
from dlexport.rendering.filenames import question_page, tag_page
from dlexport.rendering.links import reference_anchor
from dlexport.rendering.screen import ScreenRenderer
from dlexport.rendering.session import Session


class WebRenderer(ScreenRenderer):
    """`root` leads from the folder of the pages that are rendered to that of the whole site."""

    def __init__(self, collection: Collection, session: Session, root: str = "") -> None:
        super().__init__(collection, session)
        self.root = root

    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        natural = f' width="{picture.width:.0f}" height="{picture.height:.0f}"'
        size = style_of_size(attributes) or natural
        source = f"{self.root}images/{picture.name}"
        return f'<img src="{source}" alt="{escape(alt)}"{size} loading="lazy" />'

    def heading_anchor(self, question: Question, name: str) -> str:
        """A question has a page of its own: its headings' ids are those of its file."""
        return name

    def question_address(self, question: Question) -> str | None:
        if question.id not in self.collection.by_id:
            return None
        return f"{self.root}{question_page(question.id)}"

    def tag_address(self, tag: str) -> str:
        return f"{self.root}{tag_page(tag)}"

    def reference_address(self, question: Question, number: int) -> str:
        """A citation leads to the question's own page: titles that cite stand on others too."""
        page = self.question_address(question) or ""
        return f"{page}#{reference_anchor(question, number)}"
