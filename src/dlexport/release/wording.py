"""What the words of a text say, without how they were spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from dlexport.document import (
    Blank,
    Citation,
    Cloze,
    Code,
    Emphasis,
    FootnoteReference,
    FormulaBlock,
    HtmlInline,
    Image,
    Inline,
    InlineFormula,
    LineBreak,
    Link,
    Mark,
    Node,
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
from dlexport.math import FormulaError, expand_macros
from dlexport.model import Collection, Question
from dlexport.reading.links import linked_file, linked_id
from dlexport.reading.pictures import picture_path
from dlexport.rendering.formulas import formula_of

COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read: the numbers of its footnotes, and kinds of nodes that are left out."""

    notes: Mapping[str, int] = field(default_factory=dict)
    without: tuple[type[Node], ...] = ()


class Wording(Renderer[Reading]):
    """The words of one question's texts."""

    def __init__(self, collection: Collection, question: Question) -> None:
        self._collection = collection
        self._question = question

    def words(self, nodes: Sequence[Inline], scope: Reading) -> str:
        """The words of a block on one line."""
        kept = [node for node in nodes if not isinstance(node, scope.without)]
        return " ".join(self.all(kept, scope).split())

    def string(self, node: Str, scope: Reading) -> str:
        return node.text

    def soft_break(self, node: SoftBreak, scope: Reading) -> str:
        return " "

    def line_break(self, node: LineBreak, scope: Reading) -> str:
        return "<br>"

    def code(self, node: Code, scope: Reading) -> str:
        return f"`{node.text}`"

    def inline_formula(self, node: InlineFormula, scope: Reading) -> str:
        return self.formula(node)

    def formula(self, node: InlineFormula | FormulaBlock) -> str:
        """A formula with its macros written out."""
        formula, macros = formula_of(node), self._collection.metadata.macros
        try:
            tex = expand_macros(formula.tex, macros) if macros else formula.tex
        except (FormulaError, ValueError):  # the check has reported it
            tex = formula.tex
        around = "$$" if formula.display else "$"
        return around + " ".join(tex.split()) + around

    def html_inline(self, node: HtmlInline, scope: Reading) -> str:
        return COMMENT.sub("", node.html)

    def unknown_tag(self, node: UnknownTag, scope: Reading) -> str:
        return node.text

    def citation(self, node: Citation, scope: Reading) -> str:
        return f"[@{'; @'.join(node.keys)}]"

    def footnote_reference(self, node: FootnoteReference, scope: Reading) -> str:
        return f"[^{scope.notes.get(node.label, '')}]"

    def stray_mark(self, node: StrayMark, scope: Reading) -> str:
        return node.text

    def emphasis(self, node: Emphasis, scope: Reading) -> str:
        return f"<em>{self.all(node.children, scope)}</em>"

    def strong(self, node: Strong, scope: Reading) -> str:
        return f"<strong>{self.all(node.children, scope)}</strong>"

    def strikethrough(self, node: Strikethrough, scope: Reading) -> str:
        return f"<s>{self.all(node.children, scope)}</s>"

    def subscript(self, node: Subscript, scope: Reading) -> str:
        return f"<sub>{self.all(node.children, scope)}</sub>"

    def superscript(self, node: Superscript, scope: Reading) -> str:
        return f"<sup>{self.all(node.children, scope)}</sup>"

    def mark(self, node: Mark, scope: Reading) -> str:
        return f"<mark>{self.all(node.children, scope)}</mark>"

    def blank(self, node: Blank, scope: Reading) -> str:
        return f"[{self.all(node.children, scope) or '…'}]"

    def span(self, node: Span, scope: Reading) -> str:
        """Readers do not see what is said of the words."""
        return self.all(node.children, scope)

    def link(self, node: Link, scope: Reading) -> str:
        return f"<a {self._address(node.target)}>{self.all(node.children, scope)}</a>"

    def image(self, node: Image, scope: Reading) -> str:
        path = picture_path(node.source, self._question.path)
        picture = self._collection.pictures.get(path) if path else None
        data = sha256(picture.data).hexdigest() if picture else ""
        size = " ".join(f"{key}={value}" for key, value in node.attributes if key != "id")
        return f"picture {data} {size} {node.alt} | {self.all(node.caption, scope)}"

    def cloze(self, node: Cloze, scope: Reading) -> str:
        hint = "" if node.hint is None else "::" + self.all(node.hint, scope)
        return f"{{{{c{node.number}::{self.all(node.children, scope)}{hint}}}}}"

    def _address(self, href: str) -> str:
        path = linked_file(href, self._question)
        other = self._collection.by_path.get(path) if path else None
        name = linked_id(href)
        return f"question {other.id}" + (f" #{name}" if name else "") if other else href
