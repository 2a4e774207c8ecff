"""The parts of a line that look alike in all targets."""

from __future__ import annotations

from dlexport.document import (
    Blank,
    Cloze,
    Code,
    Emphasis,
    HtmlInline,
    LineBreak,
    Mark,
    SoftBreak,
    Span,
    Str,
    StrayMark,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    UnknownTag,
)
from dlexport.rendering.core import Rendering, Scope, escaped, written


class LineRendering(Rendering):
    """Renders words."""

    def string(self, node: Str, scope: Scope) -> str:
        return escaped(node.text)

    def soft_break(self, node: SoftBreak, scope: Scope) -> str:
        return "\n"

    def line_break(self, node: LineBreak, scope: Scope) -> str:
        return "<br />\n"

    def code(self, node: Code, scope: Scope) -> str:
        return f"<code{written(node.attributes)}>{escaped(node.text)}</code>"

    def html_inline(self, node: HtmlInline, scope: Scope) -> str:
        return node.html

    def unknown_tag(self, node: UnknownTag, scope: Scope) -> str:
        return self.string(Str(node.text), scope)

    def emphasis(self, node: Emphasis, scope: Scope) -> str:
        return f"<em>{self.all(node.children, scope)}</em>"

    def strong(self, node: Strong, scope: Scope) -> str:
        return f"<strong>{self.all(node.children, scope)}</strong>"

    def strikethrough(self, node: Strikethrough, scope: Scope) -> str:
        return f"<s>{self.all(node.children, scope)}</s>"

    def subscript(self, node: Subscript, scope: Scope) -> str:
        return f"<sub>{self.all(node.children, scope)}</sub>"

    def superscript(self, node: Superscript, scope: Scope) -> str:
        return f"<sup>{self.all(node.children, scope)}</sup>"

    def mark(self, node: Mark, scope: Scope) -> str:
        return f"<mark>{self.all(node.children, scope)}</mark>"

    def span(self, node: Span, scope: Scope) -> str:
        """Marked words are for the index and for checks: readers see the words."""
        return self.all(node.children, scope)

    def blank(self, node: Blank, scope: Scope) -> str:
        return f'<span class="blank">[{self.all(node.children, scope) or "…"}]</span>'

    def cloze(self, node: Cloze, scope: Scope) -> str:
        """Outside a cloze card, the characters that were written."""
        hint = "" if node.hint is None else self._mark("::", scope) + self.all(node.hint, scope)
        opened = self._mark(f"{{{{c{node.number}::", scope)
        return f"{opened}{self.all(node.children, scope)}{hint}{self._mark('}}', scope)}"

    def stray_mark(self, node: StrayMark, scope: Scope) -> str:
        return self._mark(node.text, scope)

    def _mark(self, text: str, scope: Scope) -> str:
        """A mark of a cloze deletion."""
        return escaped(text)
