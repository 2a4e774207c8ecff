"""Words as a line of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dlexport.document import (
    Attributes,
    Blank,
    Citation,
    Cloze,
    Code,
    Emphasis,
    FootnoteReference,
    HtmlInline,
    Image,
    Inline,
    InlineFormula,
    LineBreak,
    Link,
    Mark,
    Renderer,
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
from dlexport.writing.escapes import escape, escape_brackets


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a node and changes how it is spelled."""

    in_brackets: bool = False
    in_cloze: bool = False
    # The mark of the emphasis that the node is the first or last of.
    star: str = ""
    # The characters right before and behind the node.
    before: str = ""
    behind: str = ""


class LineWriter(Renderer[Around]):
    """Spells the parts of a line."""

    def words(self, nodes: Sequence[Inline], around: Around) -> str:
        """Nodes one after the other, each knowing the characters beside it."""
        found: list[str] = []
        for i, node in enumerate(nodes):
            before = found[-1][-1:] if found else ""
            following = nodes[i + 1] if i + 1 < len(nodes) else None
            behind = following.text[:1] if isinstance(following, Str) else ""
            found.append(self.one(node, replace(around, before=before, behind=behind)))
        return "".join(found)

    def string(self, node: Str, scope: Around) -> str:
        text = escape(node.text)
        if scope.before and scope.before in "`)]}" and text.startswith("{"):
            text = "\\" + text
        if scope.in_brackets:
            text = escape_brackets(text)
        if scope.in_cloze:
            text = text.replace("::", "\\:\\:").replace("}}", "\\}\\}")
        return text

    def soft_break(self, node: SoftBreak, scope: Around) -> str:
        return "\n"

    def line_break(self, node: LineBreak, scope: Around) -> str:
        return "\\\n"

    def code(self, node: Code, scope: Around) -> str:
        fence = "`" * (max(map(len, re.findall("`+", node.text)), default=0) + 1)
        edges = node.text[:1] + node.text[-1:]
        padded = "`" in edges or (edges == "  " and node.text.strip())
        text = f" {node.text} " if padded else node.text
        return f"{fence}{text}{fence}{attribute_list(node.attributes)}"

    def inline_formula(self, node: InlineFormula, scope: Around) -> str:
        if node.display:
            return f"$${node.tex}$$"
        if (scope.before + scope.behind).isdecimal() or "$" in node.tex:
            fence = "`" * (max(map(len, re.findall("`+", node.tex)), default=0) + 1)
            return f"${fence}{node.tex}{fence}$"
        return f"${node.tex}$"

    def html_inline(self, node: HtmlInline, scope: Around) -> str:
        return node.html

    def unknown_tag(self, node: UnknownTag, scope: Around) -> str:
        return node.text

    def citation(self, node: Citation, scope: Around) -> str:
        return f"[{'; '.join('@' + key for key in node.keys)}]"

    def footnote_reference(self, node: FootnoteReference, scope: Around) -> str:
        return f"[^{node.label}]"

    def stray_mark(self, node: StrayMark, scope: Around) -> str:
        return node.text

    def emphasis(self, node: Emphasis, scope: Around) -> str:
        return self._starred(node.children, "*", scope)

    def strong(self, node: Strong, scope: Around) -> str:
        return self._starred(node.children, "**", scope)

    def _starred(self, children: Sequence[Inline], mark: str, scope: Around) -> str:
        """Emphasis in emphasis has the other mark, so that they can be told apart."""
        if scope.star == "*":
            mark = mark.replace("*", "_")
        inner = replace(scope, star="_" if scope.star == "*" else "*")
        return f"{mark}{self.words(children, inner)}{mark}"

    def strikethrough(self, node: Strikethrough, scope: Around) -> str:
        return f"~~{self.words(node.children, scope)}~~"

    def subscript(self, node: Subscript, scope: Around) -> str:
        return f"<sub>{self.words(node.children, scope)}</sub>"

    def superscript(self, node: Superscript, scope: Around) -> str:
        return f"<sup>{self.words(node.children, scope)}</sup>"

    def mark(self, node: Mark, scope: Around) -> str:
        return f"<mark>{self.words(node.children, scope)}</mark>"

    def blank(self, node: Blank, scope: Around) -> str:
        """Nothing that can be read back: a gap as it is shown."""
        return f"[{self.words(node.children, scope) or '…'}]"

    def span(self, node: Span, scope: Around) -> str:
        words = self.words(node.children, replace(scope, in_brackets=True))
        return f"[{words}]{attribute_list(node.attributes)}"

    def link(self, node: Link, scope: Around) -> str:
        words = self.words(node.children, replace(scope, in_brackets=True))
        title = f' "{_quoted(node.title)}"' if node.title else ""
        return f"[{words}]({_address(node.target)}{title}){attribute_list(node.attributes)}"

    def image(self, node: Image, scope: Around) -> str:
        caption = _quoted(self.words(node.caption, Around()))
        title = f' "{caption}"' if caption else ""
        alt = escape_brackets(escape(node.alt))
        return f"![{alt}]({_address(node.source)}{title}){attribute_list(node.attributes)}"

    def cloze(self, node: Cloze, scope: Around) -> str:
        inner = replace(scope, in_cloze=True)
        hint = "" if node.hint is None else "::" + self.words(node.hint, inner)
        return f"{{{{c{node.number}::{self.words(node.children, inner)}{hint}}}}}"


def attribute_list(attributes: Attributes) -> str:
    """`{#id .class key=value}`; empty where there are none."""
    if not attributes:
        return ""
    return "{" + " ".join(part for pair in attributes for part in _spelled(*pair)) + "}"


def _spelled(key: str, value: str) -> list[str]:
    if key == "id":
        return [f"#{value}"]
    if key == "class":
        return [f".{name}" for name in value.split()]
    return [f'{key}="{value}"']


def _quoted(text: str) -> str:
    """Text for between quotation marks, where a backslash and a quotation mark are marks."""
    return re.sub(r'["\\]|&(?=#?\w+;)', r"\\\g<0>", text)


def _address(target: str) -> str:
    if target and not re.search(r"[\s()<>\\&]", target):
        return target
    return "<" + re.sub(r"[<>\\]|&(?=#?\w+;)", r"\\\g<0>", target) + ">"
