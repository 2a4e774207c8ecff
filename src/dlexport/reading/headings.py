"""Ids of headings: their own `{#id}`, else what GitHub makes of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from unicodedata import category

from markdown_it.token import Token

from dlexport.problems import Problems
from dlexport.reading.markdown import walk
from dlexport.reading.sections import CARDS, Section

_ID = re.compile(r"[\w.-]+")
_OWN = re.compile(r"\s*\{#([^{}]*)\}\s*$")
# Letters, marks, digits and underscores: a word's characters on GitHub.
_WORD = ("L", "M", "Nd", "Nl", "Pc")
_SHOWN = ("text", "code_inline", "math_inline")


def github_id(text: str) -> str:
    """The id that GitHub gives a heading of these words, before it tells equals apart."""
    kept = (c for c in text.strip().lower() if c in "- " or category(c).startswith(_WORD))
    return "".join(kept).replace(" ", "-")


def words(heading: Token) -> str:
    """What a heading says, with all of its blanks."""
    return "".join(t.content for t in walk(heading.children or ()) if t.type in _SHOWN)


def with_heading_ids(
    title: Token | None, sections: Mapping[str, Section], problems: Problems
) -> tuple[dict[str, Section], frozenset[str]]:
    """The sections with ids at the headings inside them, and the ids of their own headings.

    The file's title has an id too, as on GitHub. Ids of cards are of another kind.
    """
    tokens = (t for s in sections.values() if s.title != CARDS for t in s.tokens)
    ids = HeadingIds(tokens, problems)
    own = {ids.of_words(words(title))} if title is not None else set()
    found = {}
    for name, section in sections.items():
        if section.has_heading:
            own.add(ids.of_words(name))
        inside = section.tokens if name == CARDS else ids.given(section.tokens)
        found[name] = replace(section, tokens=inside)
    return found, frozenset(own)


def ids_inside(sections: Mapping[str, Section]) -> frozenset[str]:
    """The ids of the headings inside sections."""
    tokens = (t for s in sections.values() for t in s.tokens if t.type == "heading_open")
    return frozenset(t.meta["id"] for t in tokens if "id" in t.meta)


class HeadingIds:
    """Gives ids to the headings of one file, in their order; each id is given once.

    As on GitHub, the second heading “Example” is `example-1`; an own id is never
    given to another heading.
    """

    def __init__(self, tokens: Iterable[Token], problems: Problems) -> None:
        """Look for own ids in all tokens of the file."""
        self._problems = problems
        self._taken: dict[str, int] = {}
        before: Token | None = None
        for token in tokens:
            if before is not None and before.type == "heading_open":
                self._take_own(before, token)
            before = token

    def of_words(self, text: str) -> str:
        """A heading's id, made from its words."""
        wanted = github_id(text)
        found, count = wanted, 0
        while found in self._taken:
            count += 1
            found = f"{wanted}-{count}"
        self._taken[found] = 0
        return found

    def given(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens with `meta["id"]` at each heading; own ids are no longer in the text."""
        result = list(tokens)
        for i, token in enumerate(tokens):
            if token.type == "heading_open":
                heading = tokens[i + 1]
                own = _own_id(token, heading)
                name = own or self.of_words(words(heading))
                result[i] = token.copy(meta={**token.meta, "id": name})
                result[i + 1] = _without_id(heading) if own else heading
        return tuple(result)

    def _take_own(self, opening: Token, heading: Token) -> None:
        own = _own_id(opening, heading)
        if own is None:
            return
        place = opening.meta["place"]
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


def _own_id(opening: Token, heading: Token) -> str | None:
    last = heading.children[-1] if heading.children else None
    found = _OWN.search(last.content) if last and last.type == "text" else None
    if found:
        return found[1]
    return str(opening.attrs["id"]) if "id" in opening.attrs else None


def _without_id(heading: Token) -> Token:
    children = list(heading.children or ())
    if not children or not _OWN.search(children[-1].content):
        return heading
    last = children.pop()
    rest = _OWN.sub("", last.content)
    if rest:
        children.append(last.copy(content=rest))
    return heading.copy(children=children, content=_OWN.sub("", heading.content))
