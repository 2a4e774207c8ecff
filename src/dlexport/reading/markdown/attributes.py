"""Lists of attributes: `{#id .class key=value}`."""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from dlexport.document import Attributes

# What other plug-ins of markdown-it give to elements, and no author wrote.
_MADE_CLASSES = frozenset(("contains-task-list", "task-list-item"))


def parse_attributes(text: str) -> Mapping[str, str] | None:
    """Ids, classes and values of a list in braces; None where it is none."""
    try:
        _, found = parse(text)
    except ParseError:
        return None
    return {key: str(value) for key, value in found.items()}


def attributes_of(token: Token, *without: str) -> Attributes:
    """The attributes that an author gave a token, but for some names."""
    if not token.attrs:
        return ()
    found = {key: str(value) for key, value in token.attrs.items() if key not in without}
    classes = found.get("class", "").split()
    if not _MADE_CLASSES.isdisjoint(classes):
        found["class"] = " ".join(c for c in classes if c not in _MADE_CLASSES)
    return tuple((key, value) for key, value in found.items() if value or key != "class")
