"""What books and web pages share: formulas as MathML, in a box that scrolls if it must."""

from __future__ import annotations

from dlexport.math import Formula
from dlexport.render.base import Env, TextRenderer


class ScreenRenderer(TextRenderer):
    """Renders for programs that have MathML; a drawing stands in where Temml has no command."""

    def render_formula(self, formula: Formula, env: Env) -> str:
        markup = self.engine.on_screen(formula)
        return f'<span class="formula">{markup}</span>' if formula.display else markup
