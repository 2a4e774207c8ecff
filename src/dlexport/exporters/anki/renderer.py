"""Texts as the HTML of Anki's fields.

The text that a person wrote is the text that a person sees: what Anki or its
MathJax would act upon is broken up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from dlexport.document import Code, CodeBlock, Str
from dlexport.math import Formula
from dlexport.model import Picture, Question
from dlexport.problems import Place
from dlexport.rendering.base import TextRenderer, style_of_size
from dlexport.rendering.core import Scope, escaped

_BACKSLASH = "<span>\\</span>"  # in an element of its own it is no part of a formula's mark
_TAG = re.compile(r"(<[^>]*>)")
_ACTED_UPON = re.compile(r"\[(?=/?(?:sound:|latex|\$|anki:))")


class AnkiRenderer(TextRenderer):
    """Formulas for Anki's own MathJax, pictures by their media names.

    With the option `cloze=True` a text is the text of a cloze note: its
    deletions are Anki's, and all other braces and double colons are not.
    """

    def render_formula(self, formula: Formula, place: Place, scope: Scope) -> str:
        tex = escape(self.engine.tex(formula), quote=False)
        opened, closed = (r"\[", r"\]") if formula.display else (r"\(", r"\)")
        return opened + self._disarm(f" {tex} " if tex[-1:] == "\\" else tex, scope.cloze) + closed

    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        words = self._disarm(escape(alt), True)
        return f'<img src="{picture.name}" alt="{words}"{style_of_size(attributes)} />'

    def question_address(self, question: Question) -> str | None:
        return None

    def link_remark(self, question: Question) -> str:
        """What to type into Anki's search to see the question's cards."""
        prefix = self.collection.metadata.anki.tag_prefix
        search = f"tag:{prefix}::question::{question.id}"
        shown = self._disarm(escape(search, quote=False), True)
        return f' <span class="search">({shown})</span>'

    def reference_address(self, question: Question, number: int) -> str | None:
        return None

    def attribute(self, text: str, scope: Scope) -> str:
        return self._disarm(escaped(text), scope.cloze)

    def cleaned(self, markup: str, scope: Scope) -> str:
        """The sanitiser has written characters for the entities that disarmed them."""
        parts = _TAG.split(self._disarm(markup, scope.cloze).replace(_BACKSLASH, "\\"))
        parts[::2] = [text.replace("\\", _BACKSLASH) for text in parts[::2]]
        return "".join(parts)

    def string(self, node: Str, scope: Scope) -> str:
        """Prose: MathJax reads backslashes in it, so each stands in an element of its own."""
        prose = self._disarm(escape(node.text, quote=False), scope.cloze)
        return prose.replace("\\", _BACKSLASH)

    def code(self, node: Code, scope: Scope) -> str:
        code = self._disarm(escape(node.text, quote=False), scope.cloze)
        return self._trusted(f"<code>{code}</code>", scope)

    def code_block(self, node: CodeBlock, scope: Scope) -> str:
        markup = super().code_block(node, replace(scope, slots=None))
        return self._trusted(self._disarm(markup, scope.cloze), scope)

    def _mark(self, text: str, scope: Scope) -> str:
        """Anki's mark in a cloze note, the characters as written anywhere else."""
        return self._trusted(text, scope) if scope.cloze else escaped(text)

    def _disarm(self, text: str, cloze: bool) -> str:
        text = _ACTED_UPON.sub("&#91;", text)
        if not cloze:
            return text
        text = text.replace("{", "&#123;").replace("}", "&#125;")
        return re.sub(r"::|:$|^:", lambda m: "&#58;" * len(m[0]), text)
