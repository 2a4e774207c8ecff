"""Marks of words that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from dlexport.model import Collection
from dlexport.problems import Place, Problem

_ATTRIBUTES = re.compile(r"\](\{\s*(?:[.#][\w-]+|[\w-]+=)[^{}]*\})")


def unknown_marks(collection: Collection) -> Iterator[Problem]:
    """A list of attributes after brackets that readers see, since it is none of ours."""
    for question in collection.questions:
        for text in question.texts:
            for token in text.everything:
                if token.type == "inline":
                    yield from _unknown(token)


def _unknown(paragraph: Token) -> Iterator[Problem]:
    for token in paragraph.children or ():
        for found in _ATTRIBUTES.finditer(token.content if token.type == "text" else ""):
            place: Place = paragraph.meta["place"]
            line = paragraph.content[: max(paragraph.content.find(found[0]), 0)].count("\n")
            yield Problem(
                Place(place.path, place.line + line, place.column),
                "unknown-mark",
                f"“{found[1]}” is read as text",
                'write [word]{.term}, or [2.94]{from="file.row.key"} for a measured number',
            )
