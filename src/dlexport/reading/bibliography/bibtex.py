"""Values of BibTeX's fields: strings, their abbreviations, and what an entry inherits.

The rules are those of BibTeX (https://ctan.org/pkg/bibtex, btxdoc): `#` joins strings,
names of strings and fields have no case, and an entry has the fields of the one that its
`crossref` names where it has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME = re.compile(r'[^\s#{}"]+')
_NOT_INHERITED = ("crossref", "ids", "keywords")


class BibtexValueError(ValueError):
    """What is wrong with a value, to be said to its author."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with the texts of its fields, by their names in lower case; `line` from 1.

    `faults` are lines with what is wrong there.
    """

    key: str
    fields: Mapping[str, str]
    line: int
    faults: tuple[tuple[int, str], ...] = ()


def items(library: Library) -> tuple[list[Item], list[tuple[int, str]]]:
    """The entries of a library that was parsed without any change of its values.

    Beside them the lines of strings that cannot be read, with what is wrong there.
    """
    strings = {name: name.capitalize() for name in _MONTHS}
    faults = []
    for string in library.strings:
        try:
            strings[string.key.lower()] = text_of(string.value, strings)
        except BibtexValueError as fault:
            faults.append(((string.start_line or 0) + 1, f"the string “{string.key}”: {fault}"))
    found = [_item(entry, strings) for entry in library.entries]
    by_name = {item.key.lower(): item for item in found}
    return [_inheriting(item, by_name) for item in found], faults


def text_of(value: str, strings: Mapping[str, str]) -> str:
    """The text that a value spells: what stands in braces or quotes, numbers, and strings' names.

    Raise BibtexValueError for anything else.
    """
    parts = []
    rest = value.strip()
    while True:
        part, rest = _first_part(rest, strings)
        parts.append(part)
        if not rest:
            return "".join(parts)
        if rest[0] != "#":
            raise BibtexValueError(f"“{rest[:20]}” follows its end: a comma is missing before it")
        rest = rest[1:].lstrip()


def _first_part(value: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """The text of the first part of a value, and what follows it."""
    if value[:1] in ("{", '"'):
        end = _end(value)
        return value[1:end], value[end + 1 :].lstrip()
    name = _NAME.match(value)
    if not name:
        raise BibtexValueError("a value is missing")
    text = name[0] if name[0].isdigit() else strings.get(name[0].lower())
    if text is None:
        raise BibtexValueError(f"“{name[0]}” is no @string: put a text in braces")
    return text, value[name.end() :].lstrip()


def _end(value: str) -> int:
    """Where the braces or quotes end with which a value begins; quotes in braces end nothing."""
    closing, depth = ("}", 0) if value[0] == "{" else ('"', 0)
    for place, sign in enumerate(value[1:], 1):
        if sign == closing and depth == 0:
            return place
        depth += (sign == "{") - (sign == "}")
    raise BibtexValueError(f"its {value[0]} is never closed")


def _item(entry: Entry, strings: Mapping[str, str]) -> Item:
    fields: dict[str, str] = {}
    faults = []
    for field in entry.fields:
        name, line = field.key.lower(), (field.start_line or 0) + 1
        if name in fields:
            faults.append((line, f"{name} is there twice"))
            continue
        try:
            fields[name] = text_of(str(field.value), strings)
        except BibtexValueError as fault:
            faults.append((line, f"{name}: {fault}"))
            fields[name] = ""
    return Item(entry.key, fields, (entry.start_line or 0) + 1, tuple(faults))


def _inheriting(item: Item, items: Mapping[str, Item]) -> Item:
    name = item.fields.get("crossref", "").strip()
    if not name:
        return item
    parent = items.get(name.lower())
    if parent is None:
        fault = (item.line, f"crossref names “{name}”, which is not there")
        return replace(item, faults=(*item.faults, fault))
    inherited = {k: v for k, v in parent.fields.items() if k not in _NOT_INHERITED}
    inherited.setdefault("booktitle", inherited.get("title", ""))
    return replace(item, fields={**inherited, **item.fields})
