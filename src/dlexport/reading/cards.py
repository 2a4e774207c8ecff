"""Read one card: its heading, its attribute list, and what a cloze card hides."""

from __future__ import annotations

import re
from dataclasses import replace

from dlexport.document import (
    Blank,
    Cloze,
    Code,
    Heading,
    Inline,
    Mark,
    Node,
    Paragraph,
    Plain,
    Str,
    Text,
    mapped,
    plain,
)
from dlexport.model import Card, Tier
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import choices, ids
from dlexport.reading.deletions import check_deletions
from dlexport.reading.markdown import parse_attributes

BASIC = "basic"
CLOZE = "cloze"
REVERSED = "reversed"
TYPED = "typed"
CHOICE = "choice"
KINDS = (BASIC, CLOZE, REVERSED, TYPED, CHOICE)

_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*\})\s*$")
_FORMER = re.compile(r"(?<=[\s{])was=(\"[^\"]*\"|[^\s\"{}]*)")
_FORM = "write `### Front? {#id .core}`"


def parse_card(heading: Heading, back: Text, problems: Problems) -> Card | None:
    """The card of a third-level heading and the text below it, or None and a problem."""
    place = heading.place
    front, written = _split_heading(heading)
    if written is None:
        problems.add("bad-card", place, "the heading has no attribute list", _FORM)
        return None
    attributes, was = _split_former(written, place, problems)
    attrs = parse_attributes(attributes)
    if attrs is None:
        problems.add("bad-card", place, f"“{written}” is not an attribute list", _FORM)
        return None
    card_id, classes = ids.in_form(attrs.get("id", "")), attrs.get("class", "").split()
    for key in attrs.keys() - {"id", "class"}:
        problems.add("bad-card", place, f"a card has no attribute “{key}”", _FORM)
    if not ids.is_id(card_id):
        message = f"“{card_id}” is not an id" if card_id else "the card has no id"
        problems.add("bad-id", place, message, f"{_FORM}; in the id {ids.HINT}")
        return None
    kind, tier = _classes(classes, place, problems)
    card = Card(card_id, kind, tier, front, back, place, was)
    _check_sides(card, problems)
    return card


def _split_heading(heading: Heading) -> tuple[Text, str | None]:
    """The front, and the list of attributes that follows it."""
    last = heading.children[-1] if heading.children else None
    found = _ATTRIBUTES.search(last.text) if isinstance(last, Str) else None
    if not isinstance(last, Str) or not found:
        return _front(heading, heading.children), None
    rest = last.text[: found.start()]
    kept = (replace(last, text=rest),) if rest else ()
    return _front(heading, (*heading.children[:-1], *kept)), found[1]


def _front(heading: Heading, words: tuple[Inline, ...]) -> Text:
    blocks = (Plain(words, place=heading.place),) if words else ()
    return Text(blocks, heading.place)


def _split_former(attributes: str, place: Place, problems: Problems) -> tuple[str, str]:
    """The attribute list without `was=question/card`, and what that says.

    The parser of attributes takes no slash outside of quotes.
    """
    found = _FORMER.search(attributes)
    if not found:
        return attributes, ""
    was = found[1].strip('"')
    if not ids.is_key(was):
        message = f"“{was}” in `was` is no card's key"
        problems.add("bad-id", place, message, "write `{#new was=old-question/old-card}`")
        was = ""
    return attributes[: found.start()] + attributes[found.end() :], was


def _classes(classes: list[str], place: Place, problems: Problems) -> tuple[str, Tier]:
    kinds = [c for c in classes if c in KINDS]
    tiers = [Tier(c) for c in classes if c in list(Tier)]
    for name in classes:
        if name not in KINDS and name not in list(Tier):
            problems.add(
                "bad-card",
                place,
                f"a card has no class “{name}”",
                did_you_mean(name, [*KINDS, *Tier]),
            )
    if len(kinds) > 1 or len(tiers) > 1:
        problems.add("bad-card", place, f"the classes {', '.join(classes)} exclude each other")
    return (kinds or [BASIC])[0], (tiers or [Tier.FULL])[0]


def _check_sides(card: Card, problems: Problems) -> None:
    if not card.back:
        problems.add("empty-card", card.place, f"card “{card.id}” has no text below its heading")
    if card.kind == CLOZE:
        _check_cloze(card, problems)
    elif card.kind == TYPED and card.back:
        _check_typed(card, problems)
    elif card.kind == CHOICE and card.back:
        choices.check_choices(card, problems)
    if card.kind != CLOZE and not card.front:
        problems.add(
            "empty-card", card.place, f"card “{card.id}” has no front", "write it before the `{`"
        )


def _check_typed(card: Card, problems: Problems) -> None:
    first = card.back.blocks[0]
    typed = isinstance(first, Paragraph) and all(isinstance(n, Str | Code) for n in first.children)
    if not typed:
        problems.add(
            "bad-card",
            first.place,
            f"what is typed for card “{card.id}” is not plain text",
            "begin the back with a paragraph of plain text or code",
        )


def front_of(card: Card) -> Text:
    """What a reader sees first: the front, with what is to choose from, or with blanks."""
    if card.kind == CHOICE:
        return choices.with_choices(card)
    return card.front or with_blanks(card.back)


def back_of(card: Card) -> Text:
    """What a reader sees then: the back, with what a cloze card hid, or with all reasons."""
    return choices.key(card) if card.kind == CHOICE else filled_in(card.back)


def cloze_numbers(card: Card) -> list[int]:
    """The numbers of a cloze card's deletions, sorted, each once: one Anki card each."""
    return sorted({cloze.number for cloze in card.back.every(Cloze)})


def number_in_anki(card: Card) -> int:
    """How many cards Anki makes of one: what learners count."""
    if card.kind == CLOZE:
        return len(cloze_numbers(card))
    return 2 if card.kind == REVERSED else 1


def typed_answer(card: Card) -> tuple[str, Text]:
    """What has to be typed, the first paragraph of a typed card's back, and what follows it."""
    first, *rest = card.back.blocks
    return plain((first,)), replace(card.back, blocks=tuple(rest))


def with_blanks(text: Text) -> Text:
    """A cloze text with a blank, or its hint, in place of each deletion."""
    return replace(text, blocks=mapped(text.blocks, _blank))


def filled_in(text: Text) -> Text:
    """A cloze text with what it hides marked, hints left out."""
    return replace(text, blocks=mapped(text.blocks, _fill))


def _blank(node: Node) -> Node:
    """A deletion as the gap that it leaves; a hint's own deletions are hidden too."""
    return Blank(node.hint or (), place=node.place) if isinstance(node, Cloze) else node


def _fill(node: Node) -> Node:
    return Mark(node.children, place=node.place) if isinstance(node, Cloze) else node


def _check_cloze(card: Card, problems: Problems) -> None:
    if card.front:
        problems.add(
            "bad-card",
            card.place,
            f"cloze card “{card.id}” has a front",
            "move it into the text below",
        )
    check_deletions(card, problems)
