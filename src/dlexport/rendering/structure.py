"""Headings, tables, lists: the blocks that hold others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dlexport.document import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    Definition,
    DefinitionList,
    DefinitionTerm,
    Heading,
    HtmlBlock,
    ListItem,
    OrderedList,
    Paragraph,
    Plain,
    Row,
    Table,
    ThematicBreak,
)
from dlexport.document.html import pieces
from dlexport.rendering.core import Rendering, Scope, direction, escaped, written

# From so many columns on, paper wants smaller letters.
_SOME_COLUMNS, _MANY_COLUMNS = 6, 9


class StructureRendering(Rendering):
    """Renders blocks of words and of other blocks."""

    # Added to the level of a text's own headings, which begin at 3.
    heading_offset = 0

    def paragraph(self, node: Paragraph, scope: Scope) -> str:
        words = self.all(node.children, scope)
        if scope.running:
            return words
        return f"<p{written(node.attributes, words=node.children)}>{words}</p>\n"

    def plain(self, node: Plain, scope: Scope) -> str:
        return self.all(node.children, scope)

    def heading(self, node: Heading, scope: Scope) -> str:
        level = min(max(node.level, 3) + self.heading_offset - scope.raised, 6)
        named = node.id and scope.question
        anchor = self.heading_anchor(scope.question, node.id) if named and scope.question else None
        name = f' id="{escaped(anchor)}"' if anchor else ""
        words = self.all(node.children, scope)
        return f"<h{level}{name}{direction(node.children)}>{words}</h{level}>\n"

    def block_quote(self, node: BlockQuote, scope: Scope) -> str:
        inside = self._inside(node.children, scope)
        return f"<blockquote{written(node.attributes)}>{inside}</blockquote>\n"

    def callout(self, node: Callout, scope: Scope) -> str:
        inside = self._inside(node.children, scope).removeprefix("\n")
        return (
            f'<div class="markdown-alert markdown-alert-{node.kind}">\n'
            f'<p class="markdown-alert-title">{node.kind.title()}</p>\n{inside}</div>\n'
        )

    def thematic_break(self, node: ThematicBreak, scope: Scope) -> str:
        return f"<hr{written(node.attributes)} />\n"

    def html_block(self, node: HtmlBlock, scope: Scope) -> str:
        """Its tags that outputs take; the others are text."""
        return "".join(p.text if p.is_known else escaped(p.text) for p in pieces(node.html))

    # Lists

    def bullet_list(self, node: BulletList, scope: Scope) -> str:
        has_tasks = any(item.done is not None for item in node.items)
        attributes = written(node.attributes, "contains-task-list" if has_tasks else "")
        return f"<ul{attributes}>\n{self._items(node.items, scope)}</ul>\n"

    def ordered_list(self, node: OrderedList, scope: Scope) -> str:
        letters = ' type="A"' if node.has_letters else ""
        start = f' start="{node.start}"' if node.start != 1 else ""
        opened = f"<ol{letters}{start}{written(node.attributes)}>\n"
        return f"{opened}{self._items(node.items, scope)}</ol>\n"

    def _items(self, items: Sequence[ListItem], scope: Scope) -> str:
        return "".join([self._item(item, scope) for item in items])

    def _item(self, item: ListItem, scope: Scope) -> str:
        first = item.children[0] if item.children else None
        css = "" if item.done is None else "task-list-item"
        words = first.children if isinstance(first, Plain) else ()
        attributes = written(item.attributes, css, words=words)
        if item.number is not None:
            attributes += f' value="{item.number}"'
        inside = self._inside(item.children, scope)
        if item.done is not None:
            mark, label = ("☑", "done") if item.done else ("☐", "to do")
            box = f'<span class="task" role="img" aria-label="{label}">{mark}</span> '
            inside = f"\n{box}{inside[1:]}" if inside[:1] == "\n" else box + inside
        return f"<li{attributes}>{inside}</li>\n"

    def definition_list(self, node: DefinitionList, scope: Scope) -> str:
        items = "".join([self._definition(item, scope) for item in node.items])
        return f"<dl{written(node.attributes)}>\n{items}</dl>\n"

    def _definition(self, item: DefinitionTerm | Definition, scope: Scope) -> str:
        if isinstance(item, DefinitionTerm):
            return f"<dt>{self.all(item.children, scope)}</dt>\n"
        return f"<dd>{self._inside(item.children, scope)}</dd>\n"

    def _inside(self, blocks: Sequence[Block], scope: Scope) -> str:
        """The blocks of another one; those that are no bare words begin on lines of their own."""
        found = "" if not blocks or isinstance(blocks[0], Plain) else "\n"
        for i, block in enumerate(blocks):
            found += self.one(block, scope)
            if isinstance(block, Plain) and i + 1 < len(blocks):
                found += "\n"
        return found

    # Tables

    def table(self, node: Table, scope: Scope) -> str:
        columns = len(node.header.cells)
        crowded = " some-columns" if columns >= _SOME_COLUMNS else ""
        crowded = " many-columns" if columns >= _MANY_COLUMNS else crowded
        head = self._row(node.header, node, scope)
        rows = "".join([self._row(row, node, scope) for row in node.rows])
        body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
        return (
            f'<div class="table{crowded}"><table>\n<thead>\n{head}</thead>\n{body}</table></div>\n'
        )

    def _row(self, row: Row, table: Table, scope: Scope) -> str:
        cells = []
        for cell, alignment in zip(row.cells, table.alignments, strict=False):
            style = f' style="text-align:{alignment}"' if alignment else ""
            cells.append(self._cell(cell, style, scope, is_header=row is table.header))
        return f"<tr>\n{''.join(cells)}</tr>\n"

    def _cell(self, cell: Cell, style: str, scope: Scope, *, is_header: bool) -> str:
        """A header cell with nothing in it is a plain one."""
        if is_header and cell.children:
            words = self.all(cell.children, replace(scope, in_header=True))
            return f"<th{style}>{words}</th>\n"
        return f"<td{style}>{self.all(cell.children, scope)}</td>\n"
