"""A piece of a document, and what is often asked of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from dlexport.document.blocks import (
    Block,
    Cell,
    CodeBlock,
    DefinitionTerm,
    Footnote,
    FormulaBlock,
    Heading,
    Lines,
    Paragraph,
    Plain,
    Table,
)
from dlexport.document.inlines import (
    Code,
    Image,
    InlineFormula,
    LineBreak,
    SoftBreak,
    Str,
    UnknownTag,
)
from dlexport.document.node import NOWHERE, Node
from dlexport.problems import Place

N = TypeVar("N", bound=Node)
_LINES = (Paragraph, Plain, Heading, DefinitionTerm, Cell)


@dataclass(frozen=True, slots=True)
class Text:
    """Blocks of one file, with the footnotes that they refer to."""

    blocks: tuple[Block, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    footnotes: tuple[Footnote, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @property
    def nodes(self) -> Iterator[Node]:
        """Every node, those of the footnotes last."""
        return walk((*self.blocks, *self.footnotes))

    def every(self, *kinds: type[N]) -> Iterator[N]:
        """Every node of some kinds, in the order in which they are read."""
        return (node for node in self.nodes if isinstance(node, kinds))

    def footnote(self, label: str) -> tuple[Block, ...]:
        """The blocks of a footnote; none where it is not defined."""
        return next((note.children for note in self.footnotes if note.label == label), ())


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all that are inside them, each before what it holds."""
    found: list[Node] = []
    _gather(nodes, found)
    return iter(found)


def _gather(nodes: Iterable[Node], found: list[Node]) -> None:
    for node in nodes:
        found.append(node)
        inside = node.inside
        if inside:
            _gather(inside, found)


def lines(nodes: Iterable[Node], *, tables: bool = True) -> Iterator[Lines]:
    """The blocks that hold words, those in other blocks too; tables only if wanted."""
    for node in nodes:
        if isinstance(node, _LINES):
            yield node
        elif tables or not isinstance(node, Table):
            yield from lines(node.inside, tables=tables)


def plain(nodes: Iterable[Node]) -> str:
    """The words of nodes on one line, formulas as their TeX, without any markup."""
    parts: list[str] = []
    _gather_words(nodes, parts)
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _gather_words(nodes: Iterable[Node], parts: list[str]) -> None:
    for node in nodes:
        match node:
            case Str(text) | Code(text) | UnknownTag(text):
                parts.append(text)
            case SoftBreak() | LineBreak():
                parts.append(" ")
            case InlineFormula(tex):
                parts.append(f"${tex}$")
            case FormulaBlock(tex):
                parts.append(f"${tex}$ ")
            case CodeBlock(code):
                parts.append(code)
            case Image():  # what it shows is no part of the text
                pass
            case _:
                _gather_words(node.inside, parts)
                if isinstance(node, _LINES):
                    parts.append(" ")
