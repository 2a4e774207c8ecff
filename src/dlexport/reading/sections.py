"""The sections of a question's file, and the texts in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dlexport.document import (
    Block,
    Footnote,
    FootnoteReference,
    Heading,
    Text,
    plain,
    walk,
)
from dlexport.problems import Place, Problems, did_you_mean
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

Footnotes = tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    place: Place
    blocks: tuple[Block, ...]
    has_heading: bool = True


def find_sections(
    blocks: Sequence[Block], source: Source, structured: bool, problems: Problems
) -> dict[str, Section]:
    """The file's sections by title.

    A file that has none of our telling headings and no question in its front
    matter is an answer as a whole.
    """
    starts = [i for i, block in enumerate(blocks) if _is_heading(block)]
    titles = {plain(blocks[i].inside) for i in starts}
    if not structured and not titles & _TELLING:
        whole = Section(ANSWER, source.place(), tuple(blocks), has_heading=False)
        return {ANSWER: whole} if blocks else {}
    if starts[:1] != [0] and blocks:
        problems.add(
            "stray-text",
            blocks[0].place,
            "text before the first section",
            f"put it below `## {ANSWER}`",
        )
    found: dict[str, Section] = {}
    for start, end in pairwise((*starts, len(blocks))):
        heading, inside = blocks[start], tuple(blocks[start + 1 : end])
        section = Section(plain(heading.inside), heading.place, inside)
        _add_section(section, found, problems)
    return found


def _is_heading(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 2


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
    if not section.blocks:
        problems.add(
            "empty-section", place, f"“{title}” is empty", "write it or delete the heading"
        )
    found[title] = section


def text_of(blocks: Sequence[Block], place: Place, footnotes: Footnotes) -> Text:
    """A text with the footnotes that it refers to; `place` is for one without blocks."""
    labels = (
        {n.label for n in walk(blocks) if isinstance(n, FootnoteReference)} if footnotes else ()
    )
    used = tuple(note for note in footnotes if note.label in labels)
    return Text(tuple(blocks), blocks[0].place if blocks else place, used)
