"""Blocks as lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import indent

from dlexport.document import (
    Attributed,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    DefinitionList,
    DefinitionTerm,
    Figure,
    FormulaBlock,
    Heading,
    HtmlBlock,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Plain,
    Row,
    Table,
    Text,
    ThematicBreak,
)
from dlexport.writing.escapes import escape_line
from dlexport.writing.lines import Around, LineWriter, attribute_list

_HERE = Around()
_DELIMITERS = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
# Where the next list is of the same kind, its mark has to be another one.
_BULLETS, _POINTS = "-*", ".)"


def write(text: Text) -> str:
    """A text as Markdown, its footnotes last.

    It is read back as an equal text, if Markdown can spell it: neighbouring strings are
    one, emphasis begins and ends beside letters, no line of a cell or a heading is broken.
    """
    writer = Writer()
    blocks = writer.blocks(text.blocks)
    notes = [_hung(f"[^{n.label}]: ", writer.blocks(n.children), 4) for n in text.footnotes]
    return "\n\n".join(part for part in (blocks, *notes) if part) + "\n"


def write_line(text: Text) -> str:
    """The words of a text on one line, without what is no running text."""
    words = [b.children for b in text.blocks if isinstance(b, Paragraph | Plain)]
    return " ".join(" ".join(Writer().words(line, _HERE) for line in words).split())


class Writer(LineWriter):
    """Spells blocks, each without an empty line around it."""

    def blocks(self, blocks: Sequence[Block], *, tight: bool = False) -> str:
        """Blocks one below the other, with empty lines between them unless they are tight."""
        written: list[str] = []
        for i, block in enumerate(blocks):
            again = i > 0 and type(block) is type(blocks[i - 1]) and _parity(blocks[:i]) == 1
            text = self._listed(block, again) if _is_list(block) else self.one(block, _HERE)
            attributes = block.attributes if isinstance(block, Attributed) else ()
            above = "" if not attributes else attribute_list(attributes) + "\n"
            written.append(above + text)
        return ("\n" if tight else "\n\n").join(written)

    def paragraph(self, node: Paragraph, scope: Around) -> str:
        return self._lines(node.children)

    def plain(self, node: Plain, scope: Around) -> str:
        return self._lines(node.children)

    def _lines(self, words: Sequence[Inline]) -> str:
        return "\n".join(map(escape_line, self.words(words, _HERE).split("\n")))

    def heading(self, node: Heading, scope: Around) -> str:
        name = f" {{#{node.id}}}" if node.id else ""
        # Signs at the end would be the heading's own.
        words = re.sub(r"(?<!\S)(#+)$", r"\\\1", self.words(node.children, _HERE))
        return f"{'#' * node.level} {words}{name}"

    def block_quote(self, node: BlockQuote, scope: Around) -> str:
        return indent(self.blocks(node.children), "> ", lambda line: True)

    def callout(self, node: Callout, scope: Around) -> str:
        inside = f"[!{node.kind.upper()}]\n{self.blocks(node.children)}"
        return indent(inside, "> ", lambda line: True)

    # Lists

    def bullet_list(self, node: BulletList, scope: Around) -> str:
        return self._listed(node, False)

    def ordered_list(self, node: OrderedList, scope: Around) -> str:
        return self._listed(node, False)

    def _listed(self, node: Block, again: bool) -> str:
        """A list; `again` says that its mark must not be that of the list above it."""
        if isinstance(node, OrderedList):
            marks = [f"{node.start + i}{_POINTS[again]} " for i in range(len(node.items))]
        elif isinstance(node, BulletList):
            marks = [f"{_BULLETS[again]} "] * len(node.items)
        else:
            return ""
        tight = _is_tight(node.items)
        items = [self._item(m, item, tight) for m, item in zip(marks, node.items, strict=True)]
        return ("\n" if tight else "\n\n").join(items)

    def _item(self, mark: str, item: ListItem, tight: bool) -> str:
        box = "" if item.done is None else "[x] " if item.done else "[ ] "
        return _hung(mark, box + self.blocks(item.children, tight=tight), len(mark))

    def definition_list(self, node: DefinitionList, scope: Around) -> str:
        """Terms and definitions; those that are paragraphs have empty lines between them."""
        tight = not any(isinstance(b, Paragraph) for item in node.items for b in item.inside)
        written, after_term = "", False
        for item in node.items:
            if isinstance(item, DefinitionTerm):
                written += "\n\n" * bool(written) + self._lines(item.children)
            else:
                body = self.blocks(item.children, tight=tight)
                written += ("\n" if tight or after_term else "\n\n") + _hung(": ", body, 2)
            after_term = isinstance(item, DefinitionTerm)
        return written

    # Tables

    def table(self, node: Table, scope: Around) -> str:
        delimiters = "".join(f" {_DELIMITERS[a]} |" for a in node.alignments)
        rows = [self._row(node.header), f"|{delimiters}", *map(self._row, node.rows)]
        return "\n".join(rows)

    def _row(self, row: Row) -> str:
        return "|" + "".join(f" {self._cell(cell)} |" for cell in row.cells)

    def _cell(self, cell: Cell) -> str:
        return self.words(cell.children, _HERE).replace("|", "\\|")

    # What stands alone

    def code_block(self, node: CodeBlock, scope: Around) -> str:
        fence = "`" * max(3, _longest("`", node.code) + 1)
        info = " ".join([node.language, *node.flags])
        return f"{fence}{info}\n{node.code}{fence}"

    def formula_block(self, node: FormulaBlock, scope: Around) -> str:
        return f"$$\n{node.tex}\n$$"

    def figure(self, node: Figure, scope: Around) -> str:
        return self.image(node.picture, _HERE)

    def html_block(self, node: HtmlBlock, scope: Around) -> str:
        return node.html.rstrip("\n")

    def thematic_break(self, node: ThematicBreak, scope: Around) -> str:
        return "***"


def _is_list(block: Block) -> bool:
    return isinstance(block, BulletList | OrderedList)


def _parity(before: Sequence[Block]) -> int:
    """Whether an odd number of lists of one kind stands right above."""
    count = 0
    while count < len(before) and type(before[-1 - count]) is type(before[-1]):
        count += 1
    return count % 2


def _is_tight(items: Iterable[ListItem]) -> bool:
    return not any(isinstance(b, Paragraph) for item in items for b in item.children)


def _hung(mark: str, text: str, columns: int) -> str:
    """Text behind a mark, its other lines below its beginning."""
    first, *others = text.split("\n")
    below = [" " * columns + line if line else "" for line in others]
    return "\n".join([(mark + first).rstrip(), *below])


def _longest(mark: str, text: str) -> int:
    return max(map(len, re.findall(f"{mark}+", text)), default=0)
