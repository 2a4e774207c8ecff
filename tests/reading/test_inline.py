"""Our inline parser gives the tokens that markdown-it's own gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from conftest import REPOSITORY
from dlexport.reading.markdown.inline import InlineParser
from dlexport.reading.markdown.parser import parser

FILES = sorted((REPOSITORY / "tests" / "specimen").rglob("*.md"))
PIECES = [
    *"ab wW1 *_`~$[]()!<>&{}^:@.|#\\\n\"'-",
    *("**", "{{c1::", "}}", "[@a; @b]", "[^1]", "[x](y.md)", "![x](y.png)", "$x$", "$`x`$"),
    *("<b>", "</b>", "<https://a.b>", "www.a.b", "https://a.b/c", "me@a.org", "&amp;", "&#35;"),
    *("{#x .y}", "[t]{.term}", "]{.term}", '[2]{from="a.b"}', "`c`", "  \n", "é", "\u2003", "~~"),
]


def tokens(text: str, kind: type[ParserInline]) -> list[object]:
    """The tokens of a text, parsed in one of the two ways."""
    md = parser.__wrapped__()
    assert type(md.inline) is InlineParser
    if kind is ParserInline:
        theirs = ParserInline()
        theirs.__dict__.update(vars(md.inline))
        md.inline = theirs
    return [as_data(token) for token in md.parse(text)]


def as_data(token: Token) -> dict[str, object]:
    """A token without the place where it began, which ours alone says."""
    meta = {key: value for key, value in token.meta.items() if key != "offset"}
    children = [as_data(child) for child in token.children or ()]
    return {**token.as_dict(children=False), "meta": meta, "children": children}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_specimen(path: Path) -> None:
    """All that the specimen shows."""
    text = path.read_text(encoding="utf-8")
    assert tokens(text, InlineParser) == tokens(text, ParserInline)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text(text: str) -> None:
    """Whatever an author types."""
    assert tokens(text, InlineParser) == tokens(text, ParserInline)
