"""Read markdown-it's blocks, a flat list of openings and closings, into a tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from dlexport.document import (
    Alignment,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    DefinitionTerm,
    Figure,
    Footnote,
    FormulaBlock,
    Heading,
    HtmlBlock,
    Image,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Plain,
    Row,
    Table,
    ThematicBreak,
)
from dlexport.reading.markdown.attributes import attributes_of
from dlexport.reading.markdown.inlines import InlineReader
from dlexport.reading.markdown.places import FilePlaces

# One or more comments, and nothing else.
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.S)


class BlockReader:
    """Reads the blocks of one file, from the first to the last."""

    def __init__(self, tokens: Sequence[Token], places: FilePlaces) -> None:
        self.footnotes: dict[str, Footnote] = {}
        self._tokens = tokens
        self._places = places
        self._inlines = InlineReader(places)
        self._next = 0

    def blocks(self, end: str = "") -> tuple[Block, ...]:
        """The blocks up to a closing token, which is taken too; without one, all others."""
        found: list[Block] = []
        while self._next < len(self._tokens):
            token = self._take()
            if token.type == end:
                break
            block = self._block(token)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _block(self, token: Token) -> Block | None:
        read = _READERS[token.type]
        return read(self, token)

    def _common(self, token: Token) -> dict[str, Any]:
        return {"place": self._places.of_block(token), "attributes": attributes_of(token)}

    def _words(self) -> tuple[Inline, ...]:
        """The words of the block that was opened; its closing is taken too."""
        inline = self._take()
        words = self._inlines.read(inline)
        self._take()
        return words

    def _paragraph(self, token: Token) -> Block:
        common = self._common(token)
        words = self._words()
        if token.hidden:
            return Plain(words, **common)
        if len(words) == 1 and isinstance(words[0], Image):
            return Figure(words[0], **common)
        return Paragraph(words, **common)

    def _heading(self, token: Token) -> Block:
        common = self._common(token)
        return Heading(self._words(), int(token.tag[1]), **common)

    def _quote(self, token: Token) -> Block:
        common = self._common(token)
        return BlockQuote(self.blocks("blockquote_close"), **common)

    def _callout(self, token: Token) -> Block:
        place = self._places.of_block(token)
        self._next += 3  # the title, which is the kind in words
        return Callout(self.blocks("alert_close"), token.meta["kind"].lower(), place=place)

    def _bullets(self, token: Token) -> Block:
        common = self._common(token)
        return BulletList(self._items("bullet_list_close"), **common)

    def _numbers(self, token: Token) -> Block:
        place, start = self._places.of_block(token), str(token.attrs.get("start", 1))
        return OrderedList(
            self._items("ordered_list_close"),
            int(start) if start.isdecimal() else 1,
            attributes=attributes_of(token, "start"),
            place=place,
        )

    def _items(self, end: str) -> tuple[ListItem, ...]:
        items = []
        while (token := self._take()).type != end:
            common = self._common(token)
            blocks = self.blocks("list_item_close")
            items.append(ListItem(blocks, token.meta.get("checked"), **common))
        return tuple(items)

    def _definitions(self, token: Token) -> Block:
        common = self._common(token)
        items: list[DefinitionTerm | Definition] = []
        while (part := self._take()).type != "dl_close":
            place = self._places.of_block(part)
            if part.type == "dt_open":
                items.append(DefinitionTerm(self._words(), place=place))
            else:
                items.append(Definition(self.blocks("dd_close"), place=place))
        return DefinitionList(tuple(items), **common)

    def _table(self, token: Token) -> Block:
        common = self._common(token)
        rows: list[Row] = []
        alignments: list[Alignment] = []
        while (part := self._take()).type != "table_close":
            if part.type == "tr_open":
                rows.append(self._row(part, [] if rows else alignments))
        return Table(rows[0], tuple(rows[1:]), tuple(alignments), **common)

    def _row(self, opening: Token, alignments: list[Alignment]) -> Row:
        place = self._places.of_block(opening)
        cells = []
        while (token := self._take()).type != "tr_close":
            style = str(token.attrs.get("style", ""))
            alignments.append(cast(Alignment, style.removeprefix("text-align:")))
            cells.append(Cell(self._words(), place=place))
        return Row(tuple(cells), place=place)

    def _fence(self, token: Token) -> Block:
        words = unescapeAll(token.info).split()
        common = self._common(token)
        if words[:1] == ["math"]:
            common["place"] = self._places.of_formula(token, "\n" + token.content)
            return FormulaBlock(token.content.strip(), **common)
        language = words[0] if words else ""
        return CodeBlock(token.content, language, tuple(words[1:]), **common)

    def _formula(self, token: Token) -> Block:
        common = self._common(token)
        common["place"] = self._places.of_formula(token, token.content)
        return FormulaBlock(token.content.strip(), **common)

    def _html(self, token: Token) -> Block | None:
        if _COMMENT.fullmatch(token.content):
            return None
        return HtmlBlock(token.content, place=self._places.of_block(token))

    def _line_across(self, token: Token) -> Block:
        return ThematicBreak(**self._common(token))

    def _footnote(self, token: Token) -> None:
        place, label = self._places.of_block(token), token.meta["label"]
        blocks = self.blocks("footnote_reference_close")
        self.footnotes.setdefault(label, Footnote(blocks, label, place=place))


_READERS: Mapping[str, Callable[[BlockReader, Token], Block | None]] = {
    "paragraph_open": BlockReader._paragraph,
    "heading_open": BlockReader._heading,
    "blockquote_open": BlockReader._quote,
    "alert_open": BlockReader._callout,
    "bullet_list_open": BlockReader._bullets,
    "ordered_list_open": BlockReader._numbers,
    "dl_open": BlockReader._definitions,
    "table_open": BlockReader._table,
    "fence": BlockReader._fence,
    "code_block": BlockReader._fence,
    "math_block": BlockReader._formula,
    "html_block": BlockReader._html,
    "hr": BlockReader._line_across,
    "footnote_reference_open": BlockReader._footnote,
}
