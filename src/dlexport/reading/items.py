"""The items of a section: pairs of a bold head and a body, and cards."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from dlexport.model import Card, Pair
from dlexport.problems import Problems
from dlexport.reading import cards
from dlexport.reading.sections import Footnotes, Section, text_of


def pairs_of(section: Section | None, footnotes: Footnotes, problems: Problems) -> tuple[Pair, ...]:
    if section is None:
        return ()
    pairs = []
    for item in _items(section, problems):
        pair = _pair(item, footnotes)
        if pair is None:
            problems.add(
                "bad-list",
                item[0].meta["place"],
                f"an item of “{section.title}” does not begin in bold",
                "write `- **Head.** Body.`",
            )
        else:
            pairs.append(pair)
    return tuple(pairs)


def _items(section: Section, problems: Problems) -> list[tuple[Token, ...]]:
    items: list[tuple[Token, ...]] = []
    start = 0
    for i, token in enumerate(section.tokens):
        if token.type == "list_item_open" and token.level == 1:
            start = i
        elif token.type == "list_item_close" and token.level == 1:
            items.append(section.tokens[start : i + 1])
        elif token.level == 0 and token.type not in (
            "bullet_list_open",
            "bullet_list_close",
        ):
            problems.add(
                "bad-list",
                token.meta["place"],
                f"“{section.title}” has to be one list",
                "write `- **Head.** Body.` for each item",
            )
            break
    return items


def _pair(item: Sequence[Token], footnotes: Footnotes) -> Pair | None:
    """Split an item at the end of the bold text that it begins with."""
    if len(item) < 4 or item[2].type != "inline" or not item[2].children:
        return None
    children = [c for c in item[2].children if c.type != "text" or c.content]
    closing = [i for i, c in enumerate(children) if c.type == "strong_close"]
    if children[0].type != "strong_open" or not closing:
        return None
    place = item[2].meta["place"]
    head = _inline(children[1 : closing[0]], item[2])
    rest = children[closing[0] + 1 :]
    if rest and rest[0].type == "softbreak":
        rest = rest[1:]
    body = [item[1], _inline(rest, item[2]), *item[3:-1]]
    return Pair(text_of([head], place, footnotes), text_of(body, place, footnotes))


def _inline(children: Sequence[Token], parent: Token) -> Token:
    content = "".join(c.content or " " for c in children).strip()
    trimmed = list(children)
    if trimmed and trimmed[0].type == "text":
        trimmed[0] = trimmed[0].copy(content=trimmed[0].content.lstrip())
    return parent.copy(children=trimmed, content=content)


def cards_of(section: Section | None, footnotes: Footnotes, problems: Problems) -> tuple[Card, ...]:
    if section is None:
        return ()
    starts = [
        i
        for i, t in enumerate(section.tokens)
        if t.type == "heading_open" and t.tag == "h3" and t.level == 0
    ]
    if starts[:1] != [0] and section.tokens:
        problems.add(
            "stray-text",
            section.tokens[0].meta["place"],
            "text before the first card",
            "begin each card with `### Front? {#id}`",
        )
    found: dict[str, Card] = {}
    for start, end in zip(starts, [*starts[1:], len(section.tokens)], strict=True):
        back = text_of(
            section.tokens[start + 3 : end], section.tokens[start].meta["place"], footnotes
        )
        card = cards.parse_card(section.tokens[start + 1], back, problems)
        if card and card.id in found:
            first = found[card.id].place.line
            problems.add(
                "duplicate-id", card.place, f"card “{card.id}” stands in line {first} already"
            )
        elif card:
            found[card.id] = card
    return tuple(found.values())
