"""The sections of a question's file, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from dlexport.document import (
    Block,
    Citation,
    Code,
    CodeBlock,
    Footnote,
    FootnoteReference,
    FormulaBlock,
    Heading,
    HtmlBlock,
    Image,
    InlineFormula,
    Node,
    Str,
    Text,
    ThematicBreak,
    UnknownTag,
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

# What readers see without a word in it. HTML is taken at its author's word.
_SHOWN = (
    Citation, Code, CodeBlock, FootnoteReference, FormulaBlock, HtmlBlock, Image, InlineFormula,
    ThematicBreak, UnknownTag,
)  # fmt: skip

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

    A file that has none of our telling headings is an answer as a whole, unless its front
    matter has a question and it has second-level headings all the same.
    """
    starts = [i for i, block in enumerate(blocks) if _is_heading(block)]
    titles = {plain(blocks[i].inside) for i in starts}
    if not titles & _TELLING and not (structured and starts):
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
    if says_nothing(section.blocks):
        problems.add(
            "empty-section", place, f"“{title}” is empty", "write it or delete the heading"
        )
    found[title] = section


def says_nothing(nodes: Iterable[Node]) -> bool:
    """Whether a reader sees none of it: no words, no picture, formula or code."""
    return not any(
        isinstance(node, _SHOWN) or (isinstance(node, Str) and _seen(node.text))
        for node in walk(nodes)
    )


def _seen(text: str) -> bool:
    """Whether a text has more than blanks and characters of no width."""
    return any(not (c.isspace() or category(c).startswith("C")) for c in text)


def text_of(blocks: Sequence[Block], place: Place, footnotes: Footnotes) -> Text:
    """A text with the footnotes that it refers to; `place` is for one without blocks."""
    used = _referred_to(blocks, {note.label: note for note in footnotes}) if footnotes else set()
    notes = tuple(note for note in footnotes if note.label in used)
    return Text(tuple(blocks), blocks[0].place if blocks else place, notes)


def _referred_to(blocks: Iterable[Node], notes: Mapping[str, Footnote]) -> set[str]:
    """The labels of the notes that blocks refer to, and of those that these refer to."""
    found: set[str] = set()
    todo: list[Node] = list(blocks)
    while todo:
        nodes = walk(todo)
        new = {n.label for n in nodes if isinstance(n, FootnoteReference)} - found
        found |= new
        todo = [notes[label] for label in new if label in notes]
    return found
