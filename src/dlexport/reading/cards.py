"""Read one card: its heading, its attribute list, and what a cloze card hides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from dlexport.document import Text
from dlexport.model import Card, Tier
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import choices, ids, markdown

BASIC = "basic"
CLOZE = "cloze"
REVERSED = "reversed"
TYPED = "typed"
CHOICE = "choice"
KINDS = (BASIC, CLOZE, REVERSED, TYPED, CHOICE)

_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*\})\s*$")
_FORMER = re.compile(r"(?<=[\s{])was=(\"[^\"]*\"|[^\s\"{}]*)")
_FORM = "write `### Front? {#id .core}`"


def parse_card(heading: Token, back: Text, problems: Problems) -> Card | None:
    """The card of a third-level heading and the text below it, or None and a problem."""
    place = heading.meta["place"]
    front, written = _split_heading(heading)
    if written is None:
        problems.add("bad-card", place, "the heading has no attribute list", _FORM)
        return None
    attributes, was = _split_former(written, place, problems)
    try:
        _, attrs = parse(attributes)
    except ParseError:
        problems.add("bad-card", place, f"“{written}” is not an attribute list", _FORM)
        return None
    card_id, classes = ids.in_form(str(attrs.get("id", ""))), str(attrs.get("class", "")).split()
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


def _split_heading(heading: Token) -> tuple[Text, str | None]:
    children = list(heading.children or [])
    place = heading.meta["place"]
    if not children or children[-1].type != "text":
        return Text((heading,), place), None
    last = children[-1]
    found = _ATTRIBUTES.search(last.content)
    if not found:
        return Text((heading,), place), None
    rest = last.content[: found.start()]
    children[-1:] = [last.copy(content=rest)] if rest else []
    content = heading.content[: heading.content.rfind(found[1])].strip()
    front = (heading.copy(children=children, content=content),) if children else ()
    return Text(front, place), found[1]


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
    first = card.back.tokens[0]
    inline = card.back.tokens[1] if first.type == "paragraph_open" else None
    kinds = {t.type for t in inline.children or ()} if inline else set()
    if not inline or kinds - {"text", "code_inline"}:
        problems.add(
            "bad-card",
            first.meta["place"],
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
    tokens = markdown.walk(card.back.tokens)
    return sorted({t.meta["number"] for t in tokens if t.type == "cloze_open"})


def number_in_anki(card: Card) -> int:
    """How many cards Anki makes of one: what learners count."""
    if card.kind == CLOZE:
        return len(cloze_numbers(card))
    return 2 if card.kind == REVERSED else 1


def typed_answer(card: Card) -> tuple[str, Text]:
    """What has to be typed, the first paragraph of a typed card's back, and what follows it."""
    paragraph, rest = card.back.tokens[:3], card.back.tokens[3:]
    return markdown.plain(paragraph), replace(card.back, tokens=rest)


def with_blanks(text: Text) -> Text:
    """A cloze text with a blank, or its hint, in place of each deletion."""
    return _map_inline(text, _blank)


def filled_in(text: Text) -> Text:
    """A cloze text with what it hides marked, hints left out."""
    return _map_inline(text, _fill)


def _map_inline(text: Text, change: Callable[[Sequence[Token]], list[Token]]) -> Text:
    tokens = tuple(t.copy(children=change(t.children)) if t.children else t for t in text.tokens)
    return replace(text, tokens=tokens)


def _blank(children: Sequence[Token]) -> list[Token]:
    shown: list[Token] = []
    hidden: list[bool] = []  # for each open deletion, whether its hint has begun
    for token in children:
        if token.type == "cloze_open":
            if not hidden:
                shown.append(Token("blank_open", "span", 1, meta=token.meta))
            hidden.append(False)
        elif token.type == "cloze_hint":
            hidden[-1] = True
        elif token.type == "cloze_close":
            hidden.pop()
            if not hidden:
                shown.append(Token("blank_close", "span", -1, meta=token.meta))
        elif not hidden or hidden == [True]:
            shown.append(token)
    return shown


def _fill(children: Sequence[Token]) -> list[Token]:
    shown: list[Token] = []
    hint = False
    for token in children:
        if token.type == "cloze_open":
            shown.append(Token("filled_open", "mark", 1, meta=token.meta))
        elif token.type == "cloze_hint":
            hint = True
        elif token.type == "cloze_close":
            hint = False
            shown.append(Token("filled_close", "mark", -1, meta=token.meta))
        elif not hint:
            shown.append(token)
    return shown


def _check_cloze(card: Card, problems: Problems) -> None:
    if card.front:
        problems.add(
            "bad-card",
            card.place,
            f"cloze card “{card.id}” has a front",
            "move it into the text below",
        )
    marks = [t for t in markdown.walk(card.back.tokens) if t.type.startswith("cloze_")]
    opened = [t for t in marks if t.type == "cloze_open"]
    closed = [t for t in marks if t.type == "cloze_close"]
    if not opened and card.back:
        problems.add(
            "cloze-without-deletion",
            card.back.place,
            f"cloze card “{card.id}” hides nothing",
            "write {{c1::what is hidden}}",
        )
    elif len(opened) != len(closed):
        problems.add(
            "bad-cloze",
            opened[-1].meta["place"],
            "the deletion has no end in its paragraph",
            "close it with }}",
        )
    for token in opened:
        if not 1 <= token.meta["number"] <= 500:
            problems.add(
                "bad-cloze",
                token.meta["place"],
                f"deletion number {token.meta['number']}",
                "count from c1",
            )
