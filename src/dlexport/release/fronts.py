"""The Markdown of questions and of cards' fronts on one line, as release notes show it."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.reading.spans import MARKS

# Stands where a mark stood; no file may hold it.
_NOTHING = "\0"


def written(text: Text) -> str:
    """A text's Markdown on one line, without what is no running text."""
    return _one_line(_unmarked(token) for token in text.tokens if token.type == "inline")


def blanked_out(text: Text) -> str:
    """A cloze text's Markdown on one line, with `[…]` or a hint in place of each deletion."""
    return _one_line(_blanked(token) for token in text.tokens if token.type == "inline")


def _blanked(inline: Token) -> str:
    shown, start, hints, hint = "", 0, list[str](), 0
    content = _unmarked(inline)
    for mark in inline.children or ():
        if not mark.type.startswith("cloze_"):
            continue
        offset = mark.meta["offset"]
        if mark.type == "cloze_open":
            if not hints:
                shown += content[start:offset]
            hints.append("…")
        elif mark.type == "cloze_hint":
            hint = offset + len(mark.content)
            hints[-1] = ""
        elif hints:
            last = hints.pop() or content[hint:offset]
            start = offset + len(mark.content)
            if not hints:
                shown += f"[{last}]"
    return shown + content[start:]


def _unmarked(inline: Token) -> str:
    """An inline token's Markdown, its marks of terms and numbers overwritten."""
    content = inline.content
    for token in inline.children or ():
        if token.type in MARKS:
            start, end = token.meta["offset"], token.meta["offset"] + len(token.content)
            content = content[:start] + _NOTHING * (end - start) + content[end:]
    return content


def _one_line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).replace(_NOTHING, "").split())
