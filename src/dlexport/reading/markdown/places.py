"""Where tokens stand in a file: markdown-it says so of blocks' lines, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from markdown_it.token import Token

from dlexport.problems import Place
from dlexport.reading.source import Source


class Places(Protocol):
    """Finds places for the tokens of one text."""

    def of_block(self, token: Token) -> Place:
        """The place of a block's first character; blocks are asked for in their order."""

    def of_line(self, parent: Token, row: int) -> Place:
        """The place of the line so many lines below the beginning of a block's words."""

    def of_part(self, parent: Token, child: Token) -> Place:
        """The place of a part of a block's words."""


@dataclass(frozen=True, slots=True)
class OnePlace:
    """The places of a text that is no file of its own: all the same."""

    place: Place

    def of_block(self, token: Token) -> Place:
        return self.place

    def of_line(self, parent: Token, row: int) -> Place:
        return self.place

    def of_part(self, parent: Token, child: Token) -> Place:
        return self.place


class FilePlaces:
    """The places of a file's tokens."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = source.lines
        self._row = 0
        self._place = source.place()

    def of_block(self, token: Token) -> Place:
        """Parts of a table have no lines of their own: they stand where the last one did."""
        if token.map and token.map[0] != self._row:
            self._row = token.map[0]
            text = self._line(self._row)
            self._place = self._source.place(self._row + 1, len(text) - len(text.lstrip()) + 1)
        return self._place

    def of_line(self, parent: Token, row: int) -> Place:
        if not row:
            return self.of_block(parent)
        text = self._line(self._row + row)
        return self._source.place(self._row + row + 1, len(text) - len(text.lstrip()) + 1)

    def of_formula(self, token: Token, content: str) -> Place:
        """Where the LaTeX of a block begins; `content` is all that follows its mark."""
        self.of_block(token)
        blanks = content[: len(content) - len(content.lstrip())]
        row = self._row + blanks.count("\n")
        column = self._line(row).find(content.strip().partition("\n")[0])
        return self._source.place(row + 1, max(column, 0) + 1)

    def of_part(self, parent: Token, child: Token) -> Place:
        self.of_block(parent)
        offset = child.meta["offset"]
        before = parent.content[:offset]
        row = self._row + before.count("\n")
        line_start = before.rfind("\n") + 1
        line_end = parent.content.find("\n", line_start)
        written = parent.content[line_start : line_end if line_end >= 0 else None]
        shift = max(self._line(row).find(written), 0)
        return self._source.place(row + 1, shift + offset - line_start + 1)

    def _line(self, row: int) -> str:
        return self._lines[row] if row < len(self._lines) else ""
