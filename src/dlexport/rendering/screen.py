"""What books and web pages share: formulas as MathML, in a box that scrolls if it must."""

from __future__ import annotations

from html import escape

from dlexport.math import Formula
from dlexport.model import Question
from dlexport.problems import Place
from dlexport.rendering.base import TextRenderer, heading_anchor
from dlexport.rendering.core import Scope


class ScreenRenderer(TextRenderer):
    """Renders for programs that have MathML; a drawing stands in where Temml has no command."""

    def heading_anchor(self, question: Question, name: str) -> str | None:
        return heading_anchor(question, name)

    def render_formula(self, formula: Formula, place: Place, scope: Scope) -> str:
        markup = self.engine.on_screen(formula)
        if scope.in_header:
            # Screen readers name cells after the words of their header.
            label = escape(self.engine.speech(formula))
            markup = markup.replace("<math ", f'<math aria-label="{label}" ', 1)
        return f'<span class="formula">{markup}</span>' if formula.display else markup
