"""Raw HTML in a text: which of its tags outputs take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

# GitHub's list in spirit: text-level elements, `<details>`, simple tables. Pictures come
# from Markdown only, where their files are checked.
ELEMENTS = frozenset(
    """
    a abbr aside b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em
    figcaption figure h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span
    strong sub summary sup table tbody td tfoot th thead tr u ul var wbr
    """.split()
)
_TAG = re.compile(
    r"""(?P<comment><!--.*?(?:-->|\Z))
      | </?(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?:"[^"]*"|'[^']*'|[^"'<>])*>
      | <[!?](?:[^>]*>)?""",
    re.X | re.S,
)


class Piece(NamedTuple):
    """A part of raw HTML, the line below the first in which it begins, and what it is."""

    text: str
    row: int
    is_markup: bool
    is_known: bool


def pieces(html: str) -> Iterator[Piece]:
    """The tags and comments of raw HTML, and the text between them."""
    start = row = 0
    for found in _TAG.finditer(html):
        yield Piece(html[start : found.start()], row, is_markup=False, is_known=True)
        row += html.count("\n", start, found.start())
        known = bool(found["comment"]) or (found["name"] or "").lower() in ELEMENTS
        yield Piece(found[0], row, is_markup=True, is_known=known)
        row += found[0].count("\n")
        start = found.end()
    yield Piece(html[start:], row, is_markup=False, is_known=True)


def addresses(html: str) -> Iterator[tuple[str, int]]:
    """Where the links in raw HTML lead to, each with the line below the first of its tag."""
    for piece in pieces(html):
        if piece.is_markup and piece.text[:2].lower() == "<a":
            reader = _Addresses()
            reader.feed(piece.text)
            yield from ((address, piece.row) for address in reader.found)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [v for k, v in attrs if tag == "a" and k == "href" and v]


def is_known_tag(html: str) -> bool:
    """Whether a single tag, or a comment, is one that outputs take."""
    return all(piece.is_known for piece in pieces(html))
