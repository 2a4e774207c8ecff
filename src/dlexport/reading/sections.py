"""The sections of a question's file, and the texts in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import markdown
from dlexport.reading.source import Source

SHORT_ANSWER = "Short answer"
INTUITION = "Intuition"
ANSWER = "Answer"
GOING_DEEPER = "Going deeper"
SPOKEN_ANSWER = "Spoken answer"
MISTAKES = "Common mistakes"
FOLLOW_UPS = "Follow-ups"
CARDS = "Cards"
SECTIONS = (
    SHORT_ANSWER,
    INTUITION,
    ANSWER,
    GOING_DEEPER,
    SPOKEN_ANSWER,
    MISTAKES,
    FOLLOW_UPS,
    CARDS,
)
# Headings that make a file a question in sections; the other two stand in many notes.
_TELLING = frozenset(SECTIONS) - {INTUITION, GOING_DEEPER}

_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.S)

Footnotes = Mapping[str, tuple[Token, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    place: Place
    tokens: tuple[Token, ...]
    has_heading: bool = True


def take_footnotes(tokens: Sequence[Token]) -> tuple[list[Token], Footnotes]:
    """Separate the definitions of footnotes from the text; leave comments out."""
    text: list[Token] = []
    notes: dict[str, tuple[Token, ...]] = {}
    label, note = "", list[Token]()
    for token in tokens:
        if token.type == "footnote_reference_open":
            label, note = token.meta["label"], []
        elif token.type == "footnote_reference_close":
            notes[label], label = tuple(note), ""
        elif token.type == "html_block" and _COMMENT.fullmatch(token.content):
            continue
        else:
            (note if label else text).append(token)
    return text, notes


def find_sections(
    tokens: Sequence[Token], source: Source, structured: bool, problems: Problems
) -> dict[str, Section]:
    """The file's sections by title.

    A file that has none of our telling headings and no question in its front
    matter is an answer as a whole.
    """
    headings = _top_headings(tokens)
    titles = {tokens[i + 1].content.strip() for i in headings}
    if not structured and not titles & _TELLING:
        whole = Section(ANSWER, source.place(), tuple(tokens), has_heading=False)
        return {ANSWER: whole} if tokens else {}
    if headings[:1] != [0] and tokens:
        problems.add(
            "stray-text",
            tokens[0].meta["place"],
            "text before the first section",
            f"put it below `## {ANSWER}`",
        )
    found: dict[str, Section] = {}
    ends = [*headings[1:], len(tokens)]
    for start, end in zip(headings, ends, strict=False):  # there may be no heading
        title = tokens[start + 1].content.strip()
        section = Section(title, tokens[start].meta["place"], tuple(tokens[start + 3 : end]))
        _add_section(section, found, problems)
    return found


def _top_headings(tokens: Sequence[Token]) -> list[int]:
    return [
        i
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]


def _add_section(section: Section, found: dict[str, Section], problems: Problems) -> None:
    title, place = section.title, section.place
    if title not in SECTIONS:
        problems.add("unknown-section", place, f"“{title}”", did_you_mean(title, SECTIONS))
        return
    if title in found:
        problems.add(
            "duplicate-section",
            place,
            f"“{title}” stands in line {found[title].place.line} already",
        )
        return
    if found and SECTIONS.index(title) < max(SECTIONS.index(t) for t in found):
        order = ", ".join(SECTIONS)
        problems.add("section-order", place, f"“{title}” comes too late", f"the order is {order}")
    if not section.tokens:
        problems.add(
            "empty-section", place, f"“{title}” is empty", "write it or delete the heading"
        )
    found[title] = section


def text_of(tokens: Sequence[Token], place: Place, footnotes: Footnotes) -> Text:
    labels = [t.meta["label"] for t in markdown.walk(tokens) if t.type == "footnote_ref"]
    used = {label: footnotes[label] for label in labels if label in footnotes}
    start = tokens[0].meta["place"] if tokens else place
    return Text(tuple(tokens), start, used)
