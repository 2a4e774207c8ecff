"""Marks and tags that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dlexport.document import HtmlBlock, HtmlInline, Str, UnknownTag
from dlexport.document.html import pieces
from dlexport.math.model import NO_XML
from dlexport.model import Collection
from dlexport.problems import Place, Problem

_ATTRIBUTES = re.compile(r"\](\{\s*(?:[.#][\w-]+|[\w-]+=)[^{}]*\})")
_ENTITY = re.compile(r"&#(x?)([0-9a-f]{1,8});", re.I)
_LAST_CHARACTER = 0x10FFFF


def unknown_marks(collection: Collection) -> Iterator[Problem]:
    """A list of attributes after brackets that readers see, since it is none of ours."""
    for question in collection.questions:
        for string in question.every(Str):
            for found in _ATTRIBUTES.finditer(string.text):
                yield Problem(
                    string.place,
                    "unknown-mark",
                    f"“{found[1]}” is read as text",
                    'write [word]{.term}, or [2.94]{from="file.row.key"} for a measured number',
                )


def open_formulas(collection: Collection) -> Iterator[Problem]:
    """Marks of display formulas that readers see, since no formula begins or ends there."""
    for text in collection.texts:
        for string in text.every(Str):
            if "$$" in string.text:
                yield Problem(
                    string.place,
                    "open-formula",
                    "“$$” is read as text: it has no other to end at",
                    "end the formula with $$, with no empty line inside it; write \\$ for money",
                )


def unknown_elements(collection: Collection) -> Iterator[Problem]:
    """Tags of HTML that no output takes; readers see them as they were written."""
    for text in collection.texts:
        for tag in text.every(UnknownTag):
            yield _unknown_element(tag.text, tag.place)
        for block in text.every(HtmlBlock):
            for piece in pieces(block.html):
                if not piece.is_known:
                    place = replace(block.place, line=block.place.line + piece.row)
                    yield _unknown_element(piece.text, place)


def _unknown_element(tag: str, place: Place) -> Problem:
    shown = tag.partition("\n")[0]
    message = f"“{shown}” is no tag that outputs take: it is shown as text"
    return Problem(
        place, "unknown-element", message, f"write it as code, `{shown}`, or as \\{shown}"
    )


def control_characters(collection: Collection) -> Iterator[Problem]:
    """Entities such as `&#2;` of what is no character: outputs would not be sound, or show �."""
    for text in collection.texts:
        found = [(node.place, "�") for node in text.every(Str) if "�" in node.text]
        html = [(node.place, node.html) for node in text.every(HtmlInline)]
        html += [(node.place, node.html) for node in text.every(HtmlBlock)]
        for place, written in html:
            found += [(place, e[0]) for e in _ENTITY.finditer(written) if _is_none(e)]
        for place, entity in found:
            message = f"“{entity}” stands for what is no character"
            yield Problem(place, "control-character", message, "delete it")


def _is_none(entity: re.Match[str]) -> bool:
    number = int(entity[2], 16 if entity[1] else 10)
    return number > _LAST_CHARACTER or bool(NO_XML.match(chr(number)))


def open_comments(collection: Collection) -> Iterator[Problem]:
    """Comments without an end, which take the rest of the file along."""
    for text in collection.texts:
        for block in text.every(HtmlBlock):
            if block.html.lstrip().startswith("<!--") and "-->" not in block.html:
                message = "the comment has no end: it hides all that follows"
                yield Problem(block.place, "open-comment", message, "end it with -->")
