"""A text as plain data, for JSON: what the cache keeps, and what other programs may hold.

A node is an object with its `type`, its line and column as `at`, and its fields; fields
that have their default are left out. The form may change until version 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, get_args

from dlexport.document.blocks import (
    Block,
    Cell,
    Definition,
    DefinitionTerm,
    Footnote,
    ListItem,
    Row,
)
from dlexport.document.inlines import Inline
from dlexport.document.node import NOWHERE, Node
from dlexport.document.text import Text
from dlexport.problems import Place

FORMAT = "dlexport document"
FORMAT_VERSION = 1


def _type(kind: type[Node]) -> str:
    """The name of a kind of node: `code_block`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


_PARTS = (ListItem, Row, Cell, Definition, DefinitionTerm, Footnote)
_KINDS: Mapping[str, type[Node]] = {
    _type(kind): kind for kind in (*get_args(Block), *get_args(Inline), *_PARTS)
}


def to_data(text: Text) -> dict[str, Any]:
    """The text as objects, lists, strings and numbers."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "path": text.place.path,
        "at": [text.place.line, text.place.column],
        "blocks": _plain(text.blocks),
        "footnotes": _plain(text.footnotes),
    }


def from_data(data: Mapping[str, Any]) -> Text:
    """The text that such data was made of. Raise ValueError if it is anything else."""
    if data.get("format") != FORMAT or data.get("format_version") != FORMAT_VERSION:
        raise ValueError(f"this is no {FORMAT} of format version {FORMAT_VERSION}")
    try:
        path = data["path"]
        return Text(
            tuple(_node(each, path) for each in data["blocks"]),
            Place(path, *data["at"]),
            tuple(_node(each, path) for each in data["footnotes"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a {FORMAT} lacks something, or has too much: {error}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if not isinstance(value, Node):
        return value
    data: dict[str, Any] = {"type": _type(type(value))}
    if value.place is not NOWHERE:
        data["at"] = [value.place.line, value.place.column]
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name != "place" and not (_has_default(field) and found == field.default):
            data[field.name] = _plain(found)
    return data


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING


def _node(data: Mapping[str, Any], path: str) -> Any:
    values = {key: _value(value, path) for key, value in data.items() if key not in ("type", "at")}
    if "at" in data:
        values["place"] = Place(path, *data["at"])
    return _KINDS[data["type"]](**values)


def _value(value: Any, path: str) -> Any:
    if isinstance(value, list):
        return tuple(_value(each, path) for each in value)
    return _node(value, path) if isinstance(value, Mapping) else value
