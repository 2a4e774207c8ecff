"""Ids of headings: their own `{#id}`, else what GitHub makes of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from unicodedata import category

from dlexport.document import Block, Code, Heading, Inline, InlineFormula, Node, Str, mapped, walk
from dlexport.problems import Problems
from dlexport.reading.sections import CARDS, Section

_ID = re.compile(r"[\w.-]+")
_OWN = re.compile(r"\s*\{#([^{}]*)\}\s*$")
# Letters, marks, digits and underscores: a word's characters on GitHub.
_WORD = ("L", "M", "Nd", "Nl", "Pc")


def github_id(text: str) -> str:
    """The id that GitHub gives a heading of these words, before it tells equals apart."""
    kept = (c for c in text.strip().lower() if c in "- " or category(c).startswith(_WORD))
    return "".join(kept).replace(" ", "-")


def words(heading: Iterable[Inline]) -> str:
    """What a heading says, with all of its blanks."""
    return "".join(map(_word, walk(heading)))


def _word(node: Node) -> str:
    match node:
        case Str(text) | Code(text) | InlineFormula(text):
            return text
    return ""


def with_heading_ids(
    title: Heading | None, sections: Mapping[str, Section], problems: Problems
) -> tuple[dict[str, Section], frozenset[str]]:
    """The sections with ids at the headings inside them, and the ids of their own headings.

    The file's title has an id too, as on GitHub. Ids of cards are of another kind.
    """
    inside = [s.blocks for s in sections.values() if s.title != CARDS]
    ids = HeadingIds([node for blocks in inside for node in walk(blocks)], problems)
    own = {ids.of_words(words(title.children))} if title is not None else set()
    found = {}
    for name, section in sections.items():
        if section.has_heading:
            own.add(ids.of_words(name))
        blocks = section.blocks if name == CARDS else ids.given(section.blocks)
        found[name] = replace(section, blocks=blocks)
    return found, frozenset(own)


def ids_inside(sections: Mapping[str, Section]) -> frozenset[str]:
    """The ids of the headings inside sections."""
    nodes = (node for s in sections.values() for node in walk(s.blocks))
    return frozenset(node.id for node in nodes if isinstance(node, Heading) and node.id)


class HeadingIds:
    """Gives ids to the headings of one file, in their order; each id is given once.

    As on GitHub, the second heading “Example” is `example-1`; an own id is never
    given to another heading.
    """

    def __init__(self, nodes: Iterable[Node], problems: Problems) -> None:
        """Look for own ids in all nodes of the file."""
        self._problems = problems
        self._taken: dict[str, int] = {}
        for node in nodes:
            if isinstance(node, Heading):
                self._take_own(node)

    def of_words(self, text: str) -> str:
        """A heading's id, made from its words."""
        wanted = github_id(text)
        found, count = wanted, 0
        while found in self._taken:
            count += 1
            found = f"{wanted}-{count}"
        self._taken[found] = 0
        return found

    def given(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with an id at each heading; own ids are no longer in its words."""
        return mapped(blocks, lambda n: self._given(n) if isinstance(n, Heading) else n)

    def _given(self, heading: Heading) -> Heading:
        own = _own_id(heading)
        name = own or self.of_words(words(heading.children))
        return replace(_without_id(heading) if own else heading, id=name)

    def _take_own(self, heading: Heading) -> None:
        own = _own_id(heading)
        if own is None:
            return
        place = heading.place
        if not _ID.fullmatch(own):
            self._problems.add(
                "bad-id", place, f"“{own}” at a heading", "use letters, digits, hyphens, dots and _"
            )
        elif own in self._taken:
            line = self._taken[own]
            self._problems.add(
                "duplicate-id", place, f"heading “{own}” stands in line {line} already"
            )
        self._taken.setdefault(own, place.line)


def _own_id(heading: Heading) -> str | None:
    last = heading.children[-1] if heading.children else None
    found = _OWN.search(last.text) if isinstance(last, Str) else None
    return found[1] if found else heading.attribute("id") or None


def _without_id(heading: Heading) -> Heading:
    last = heading.children[-1] if heading.children else None
    if not isinstance(last, Str) or not _OWN.search(last.text):
        return heading
    rest = _OWN.sub("", last.text)
    kept = (replace(last, text=rest),) if rest else ()
    return replace(heading, children=(*heading.children[:-1], *kept))
