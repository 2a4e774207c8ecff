"""Characters that no font has, and the questions in which they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dlexport.document import (
    Code,
    CodeBlock,
    FormulaBlock,
    HtmlBlock,
    HtmlInline,
    InlineFormula,
    Node,
    Str,
    Text,
)
from dlexport.model import Collection
from dlexport.problems import Place, Problem
from dlexport.reading.source import CONFIG, display_name

_UNSUPPORTED = re.compile(r'unsupported by fonts: "(.+?)"', re.S)
_WITH_CHARACTERS = (Str, Code, CodeBlock, InlineFormula, FormulaBlock, HtmlInline, HtmlBlock)


def unsupported(warning: str) -> str:
    """The characters that a warning of WeasyPrint's is about; empty for any other warning."""
    found = _UNSUPPORTED.search(warning)
    return found[1] if found else ""


def missing_glyphs(collection: Collection, characters: set[str]) -> Iterator[Problem]:
    """A warning for each question that has some of the characters, where the first stands.

    So for the introduction; what stands in neither is in the settings or in a template.
    """
    left = set(characters)
    texts = [list(question.texts) for question in collection.questions]
    texts += [[collection.introduction]] if collection.introduction else []
    for some in texts:
        nodes = [node for text in some for node in _with(text, characters)]
        if nodes:
            here = characters.intersection("".join(map(_characters, nodes)))
            left -= here
            yield _problem(min(_first_place(node, here) for node in nodes), here)
    if left:
        yield _problem(Place(display_name(collection.root / CONFIG)), left)


def _problem(place: Place, characters: Iterable[str]) -> Problem:
    names = ", ".join(map(_name, sorted(characters)))
    return Problem(place, "missing-glyph", f"no font has {names}", "write it in another way")


def _name(character: str) -> str:
    """A character by its number in Unicode and its name."""
    private = "private use" if unicodedata.category(character) == "Co" else "no name"
    return f"U+{ord(character):04X} ({unicodedata.name(character, private).lower()})"


def _with(text: Text, characters: set[str]) -> Iterator[Node]:
    for node in text.every(*_WITH_CHARACTERS):
        if characters & set(_characters(node)):
            yield node


def _first_place(node: Node, wanted: set[str]) -> Place:
    """The line of a node where one of the characters first stands."""
    before = re.split(f"[{re.escape(''.join(wanted))}]", _characters(node), maxsplit=1)[0]
    rows = before.count("\n") + isinstance(node, CodeBlock)
    return replace(node.place, line=node.place.line + rows, column=1) if rows else node.place


def _characters(node: Node) -> str:
    match node:
        case Str(text) | Code(text) | CodeBlock(text) | InlineFormula(text) | FormulaBlock(text):
            return text
        case HtmlInline(text) | HtmlBlock(text):
            return text
    return ""
