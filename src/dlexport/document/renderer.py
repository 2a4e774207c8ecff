"""A renderer has one method for each kind of node."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, TypeVar, assert_never

from dlexport.document import blocks, inlines
from dlexport.document.blocks import Block
from dlexport.document.inlines import Inline

S = TypeVar("S")


class Renderer(ABC, Generic[S]):
    """Makes a string of a tree. `scope` is what the nodes around a node say to it.

    Who adds a kind of node adds a method here; the type checker then names each renderer
    that has none.
    """

    def all(self, nodes: Iterable[Block | Inline], scope: S) -> str:
        """Nodes one after the other."""
        return "".join([self.one(node, scope) for node in nodes])

    def one(self, node: Block | Inline, scope: S) -> str:
        """One node, by the method of its kind. It is longer than most: a line for each kind."""
        match node:
            case inlines.Str():
                return self.string(node, scope)
            case inlines.SoftBreak():
                return self.soft_break(node, scope)
            case inlines.InlineFormula():
                return self.inline_formula(node, scope)
            case inlines.Code():
                return self.code(node, scope)
            case blocks.Paragraph():
                return self.paragraph(node, scope)
            case blocks.Plain():
                return self.plain(node, scope)
            case inlines.Emphasis():
                return self.emphasis(node, scope)
            case inlines.Strong():
                return self.strong(node, scope)
            case inlines.Link():
                return self.link(node, scope)
            case inlines.Citation():
                return self.citation(node, scope)
            case inlines.Span():
                return self.span(node, scope)
            case inlines.Cloze():
                return self.cloze(node, scope)
            case inlines.StrayMark():
                return self.stray_mark(node, scope)
            case inlines.LineBreak():
                return self.line_break(node, scope)
            case inlines.HtmlInline():
                return self.html_inline(node, scope)
            case inlines.UnknownTag():
                return self.unknown_tag(node, scope)
            case inlines.FootnoteReference():
                return self.footnote_reference(node, scope)
            case inlines.Image():
                return self.image(node, scope)
            case inlines.Strikethrough():
                return self.strikethrough(node, scope)
            case inlines.Subscript():
                return self.subscript(node, scope)
            case inlines.Superscript():
                return self.superscript(node, scope)
            case inlines.Mark():
                return self.mark(node, scope)
            case inlines.Blank():
                return self.blank(node, scope)
            case blocks.FormulaBlock():
                return self.formula_block(node, scope)
            case blocks.CodeBlock():
                return self.code_block(node, scope)
            case blocks.BulletList():
                return self.bullet_list(node, scope)
            case blocks.OrderedList():
                return self.ordered_list(node, scope)
            case blocks.Table():
                return self.table(node, scope)
            case blocks.Figure():
                return self.figure(node, scope)
            case blocks.Heading():
                return self.heading(node, scope)
            case blocks.BlockQuote():
                return self.block_quote(node, scope)
            case blocks.Callout():
                return self.callout(node, scope)
            case blocks.DefinitionList():
                return self.definition_list(node, scope)
            case blocks.HtmlBlock():
                return self.html_block(node, scope)
            case blocks.ThematicBreak():
                return self.thematic_break(node, scope)
            case _:
                assert_never(node)

    @abstractmethod
    def string(self, node: inlines.Str, scope: S) -> str: ...

    @abstractmethod
    def soft_break(self, node: inlines.SoftBreak, scope: S) -> str: ...

    @abstractmethod
    def line_break(self, node: inlines.LineBreak, scope: S) -> str: ...

    @abstractmethod
    def code(self, node: inlines.Code, scope: S) -> str: ...

    @abstractmethod
    def inline_formula(self, node: inlines.InlineFormula, scope: S) -> str: ...

    @abstractmethod
    def html_inline(self, node: inlines.HtmlInline, scope: S) -> str: ...

    @abstractmethod
    def unknown_tag(self, node: inlines.UnknownTag, scope: S) -> str: ...

    @abstractmethod
    def citation(self, node: inlines.Citation, scope: S) -> str: ...

    @abstractmethod
    def footnote_reference(self, node: inlines.FootnoteReference, scope: S) -> str: ...

    @abstractmethod
    def stray_mark(self, node: inlines.StrayMark, scope: S) -> str: ...

    @abstractmethod
    def emphasis(self, node: inlines.Emphasis, scope: S) -> str: ...

    @abstractmethod
    def strong(self, node: inlines.Strong, scope: S) -> str: ...

    @abstractmethod
    def strikethrough(self, node: inlines.Strikethrough, scope: S) -> str: ...

    @abstractmethod
    def subscript(self, node: inlines.Subscript, scope: S) -> str: ...

    @abstractmethod
    def superscript(self, node: inlines.Superscript, scope: S) -> str: ...

    @abstractmethod
    def mark(self, node: inlines.Mark, scope: S) -> str: ...

    @abstractmethod
    def blank(self, node: inlines.Blank, scope: S) -> str: ...

    @abstractmethod
    def span(self, node: inlines.Span, scope: S) -> str: ...

    @abstractmethod
    def link(self, node: inlines.Link, scope: S) -> str: ...

    @abstractmethod
    def image(self, node: inlines.Image, scope: S) -> str: ...

    @abstractmethod
    def cloze(self, node: inlines.Cloze, scope: S) -> str: ...

    @abstractmethod
    def paragraph(self, node: blocks.Paragraph, scope: S) -> str: ...

    @abstractmethod
    def plain(self, node: blocks.Plain, scope: S) -> str: ...

    @abstractmethod
    def heading(self, node: blocks.Heading, scope: S) -> str: ...

    @abstractmethod
    def block_quote(self, node: blocks.BlockQuote, scope: S) -> str: ...

    @abstractmethod
    def callout(self, node: blocks.Callout, scope: S) -> str: ...

    @abstractmethod
    def bullet_list(self, node: blocks.BulletList, scope: S) -> str: ...

    @abstractmethod
    def ordered_list(self, node: blocks.OrderedList, scope: S) -> str: ...

    @abstractmethod
    def definition_list(self, node: blocks.DefinitionList, scope: S) -> str: ...

    @abstractmethod
    def table(self, node: blocks.Table, scope: S) -> str: ...

    @abstractmethod
    def code_block(self, node: blocks.CodeBlock, scope: S) -> str: ...

    @abstractmethod
    def formula_block(self, node: blocks.FormulaBlock, scope: S) -> str: ...

    @abstractmethod
    def figure(self, node: blocks.Figure, scope: S) -> str: ...

    @abstractmethod
    def html_block(self, node: blocks.HtmlBlock, scope: S) -> str: ...

    @abstractmethod
    def thematic_break(self, node: blocks.ThematicBreak, scope: S) -> str: ...
