"""The items of a section: pairs of a bold head and a body, and cards."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from dlexport.document import (
    BulletList,
    Heading,
    Inline,
    ListItem,
    Paragraph,
    Plain,
    SoftBreak,
    Str,
    Strong,
)
from dlexport.model import Card, Pair
from dlexport.problems import Problems
from dlexport.reading import cards
from dlexport.reading.sections import Footnotes, Section, text_of


def pairs_of(section: Section, footnotes: Footnotes, problems: Problems) -> tuple[Pair, ...]:
    pairs = []
    for item in _items(section, problems):
        pair = _pair(item, footnotes)
        if pair is None:
            problems.add(
                "bad-list",
                item.place,
                f"an item of “{section.title}” does not begin in bold",
                "write `- **Head.** Body.`",
            )
        else:
            pairs.append(pair)
    return tuple(pairs)


def _items(section: Section, problems: Problems) -> list[ListItem]:
    for block in section.blocks:
        if not isinstance(block, BulletList):
            problems.add(
                "bad-list",
                block.place,
                f"“{section.title}” has to be one list",
                "write `- **Head.** Body.` for each item",
            )
            break
    return [item for b in section.blocks if isinstance(b, BulletList) for item in b.items]


def _pair(item: ListItem, footnotes: Footnotes) -> Pair | None:
    """Split an item at the end of the bold text that it begins with."""
    first = item.children[0] if item.children else None
    if not isinstance(first, Paragraph | Plain):
        return None
    head, rest = next(iter(first.children), None), first.children[1:]
    if not isinstance(head, Strong):
        return None
    body = (replace(first, children=_without_blank(rest)), *item.children[1:])
    return Pair(
        text_of([Plain(head.children, place=first.place)], first.place, footnotes),
        text_of(body, first.place, footnotes),
    )


def _without_blank(line: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words without the blank or the end of a line that they begin with."""
    first, rest = line[:1], line[1:]
    match first:
        case (SoftBreak(),):
            return rest
        case (Str(text) as string,):
            kept = text.lstrip()
            return (replace(string, text=kept), *rest) if kept else rest
    return line


def cards_of(section: Section | None, footnotes: Footnotes, problems: Problems) -> tuple[Card, ...]:
    if section is None:
        return ()
    starts = [i for i, b in enumerate(section.blocks) if isinstance(b, Heading) and b.level == 3]
    if starts[:1] != [0] and section.blocks:
        problems.add(
            "stray-text",
            section.blocks[0].place,
            "text before the first card",
            "begin each card with `### Front? {#id}`",
        )
    found: dict[str, Card] = {}
    for start, end in pairwise((*starts, len(section.blocks))):
        heading = section.blocks[start]
        assert isinstance(heading, Heading)
        back = text_of(section.blocks[start + 1 : end], heading.place, footnotes)
        card = cards.parse_card(heading, back, problems)
        if card and card.id in found:
            first = found[card.id].place.line
            problems.add(
                "duplicate-id", card.place, f"card “{card.id}” stands in line {first} already"
            )
        elif card:
            found[card.id] = card
    return tuple(found.values())
