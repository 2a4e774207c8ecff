"""What a link or a citation in a question means."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from dlexport.model import Question


def linked_file(href: str, question: Question) -> Path | None:
    """The Markdown file that a link in a question leads to, None for any other link."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
        return None
    return (question.path.parent / unquote(parts.path)).resolve()


def cited_keys(question: Question) -> tuple[str, ...]:
    """The question's references in the order of their numbers, from 1.

    Those of the front matter come first, then what the text cites besides.
    """
    cited = (
        key
        for text in question.texts
        for token in text.everything
        if token.type == "citation"
        for key in token.meta["keys"]
    )
    return tuple(dict.fromkeys((*question.references, *cited)))
