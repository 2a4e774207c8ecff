"""Headings, tables, lists and what is shown as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from unicodedata import bidirectional

from markdown_it.token import Token

from dlexport.rendering.core import Env, Rendering


class StructureRendering(Rendering):
    """Renders the blocks that hold others."""

    # Added to the level of a text's own headings, which begin at 3.
    heading_offset = 0

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        name, question = tokens[idx].meta.get("id"), env["question"]
        anchor = self.heading_anchor(question, name) if name and question else None
        written = f' id="{escape(anchor)}"' if anchor else ""
        return f"<{self._heading(tokens[idx], env)}{written}{direction(tokens[idx + 1])}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return f"</{self._heading(tokens[idx], env)}>\n"

    def _heading(self, token: Token, env: Env) -> str:
        level = max(int(token.tag[1]), 3) + self.heading_offset - env.get("raised", 0)
        return f"h{min(level, 6)}"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return f'<div class="table{_crowded(tokens[idx:])}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        """A header cell, or a plain one where there is nothing in it."""
        env["in_header"] = bool(tokens[idx + 1].children)
        opened = str(self.renderToken(tokens, idx, options, env))
        return opened if env["in_header"] else opened.replace("<th", "<td", 1)

    def th_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        cell = "th" if env.pop("in_header") else "td"
        return f"</{cell}>\n"

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        opened = str(self.renderToken(tokens, idx, options, env))
        if tokens[idx + 1].hidden:
            opened = opened.replace("<li", "<li" + direction(tokens[idx + 2]), 1)
        if "checked" not in tokens[idx].meta:
            return opened
        done = tokens[idx].meta["checked"]
        mark, label = ("☑", "done") if done else ("☐", "to do")
        return f'{opened}<span class="task" role="img" aria-label="{label}">{mark}</span> '

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return tokens[idx].content

    html_block = html_inline

    def blank_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        empty = tokens[idx + 1].type == "blank_close"
        return '<span class="blank">[' + ("…" if empty else "")

    def blank_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return "]</span>"

    # Marked words are for the index and for checks.

    def term_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return ""

    term_close = term_open
    number_open = term_open
    number_close = term_open

    # Cloze deletions outside a cloze card are the characters that were written.

    def cloze_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return escape(tokens[idx].content)

    cloze_hint = cloze_open
    cloze_close = cloze_open


def direction(inline: Token) -> str:
    """The attribute for text whose first letter is of a script from right to left."""
    for character in inline.content:
        direction = bidirectional(character)
        if direction in ("R", "AL"):
            return ' dir="rtl"'
        if direction == "L":
            return ""
    return ""


def _crowded(tokens: Sequence[Token]) -> str:
    """A class for tables with so many columns that paper wants smaller letters."""
    end = next((i for i, t in enumerate(tokens) if t.type == "tr_close"), 0)
    columns = sum(t.type == "th_open" for t in tokens[:end])
    return " many-columns" if columns > 8 else " some-columns" if columns > 5 else ""
