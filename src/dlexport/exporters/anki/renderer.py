"""Texts as the HTML of Anki's fields.

The text that a person wrote is the text that a person sees: what Anki or its
MathJax would act upon is broken up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from dlexport.math import Formula
from dlexport.model import Picture, Question
from dlexport.rendering.base import TextRenderer
from dlexport.rendering.core import Env

_ACTED_UPON = re.compile(r"\[(?=/?(?:sound:|latex|\$|anki:))")


class AnkiRenderer(TextRenderer):
    """Formulas for Anki's own MathJax, pictures by their media names.

    With the option `cloze=True` a text is the text of a cloze note: its
    deletions are Anki's, and all other braces and double colons are not.
    """

    def render_formula(self, formula: Formula, env: Env) -> str:
        tex = escape(self.engine.tex(formula), quote=False)
        opened, closed = (r"\[", r"\]") if formula.display else (r"\(", r"\)")
        return opened + self._disarm(f" {tex} " if tex[-1:] == "\\" else tex, env) + closed

    def render_picture(
        self, picture: Picture, alt: str, attributes: dict[str, str], env: Env
    ) -> str:
        size = "".join(f' {k}="{escape(v)}"' for k, v in attributes.items())
        return f'<img src="{picture.name}" alt="{escape(alt)}"{size} />'

    def question_address(self, question: Question) -> str | None:
        return None

    def link_remark(self, question: Question) -> str:
        """What to type into Anki's search to see the question's cards."""
        prefix = self.collection.metadata.anki.tag_prefix
        search = self._disarm(f"tag:{prefix}::question::{question.id}", {"cloze": True})
        return f' <span class="search">({search})</span>'

    def reference_address(self, question: Question, number: int) -> str | None:
        return None

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        """Prose: MathJax reads backslashes in it, so each stands in an element of its own."""
        plain = self._disarm(escape(tokens[idx].content, quote=False), env)
        return plain.replace("\\", "<span>\\</span>")

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        code = self._disarm(escape(tokens[idx].content, quote=False), env)
        return self._trusted(f"<code>{code}</code>", env)

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        markup = super().fence(tokens, idx, options, {**env, "slots": None})
        if tokens[idx].info.split()[:1] != ["math"]:
            markup = self._disarm(markup, env)
        return self._trusted(markup, env)

    def cloze_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        """Anki's mark in a cloze note, the characters as written anywhere else."""
        written = tokens[idx].content
        return self._trusted(written, env) if env.get("cloze") else escape(written)

    cloze_hint = cloze_open
    cloze_close = cloze_open

    def _disarm(self, text: str, env: Env) -> str:
        text = _ACTED_UPON.sub("&#91;", text)
        if not env.get("cloze"):
            return text
        text = text.replace("{", "&#123;").replace("}", "&#125;")
        return re.sub(r"::|:$|^:", lambda m: "&#58;" * len(m[0]), text)
