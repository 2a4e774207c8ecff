"""Cards with answers to choose from: a task list, each answer with its reason.

`- [x] right answer: why` and `- [ ] wrong answer: why`. Answers keep the order in which
they were written, and are named by letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.model import Card
from dlexport.problems import Place, Problems

MOST_CHOICES = 6
_FORM = "write `- [x] right answer: why` once, and `- [ ] wrong answer: why` for each other"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer and its reason, as parts of a line."""

    letter: str
    is_right: bool
    answer: tuple[Token, ...]
    reason: tuple[Token, ...]
    place: Place


def choices(back: Text) -> tuple[Choice, ...]:
    """The choices of a task list; none where the text is anything else."""
    items = _items(back.tokens)
    return tuple(
        Choice(letter, item.meta["checked"], *_split(line.children or ()), line.meta["place"])
        for letter, (item, line) in zip(ascii_uppercase, items, strict=False)
    )


def check_choices(card: Card, problems: Problems) -> None:
    """Report what is wrong with the choices of a card that has a back."""
    found = choices(card.back)
    right = sum(choice.is_right for choice in found)
    if not found:
        message = f"what is to choose from for card “{card.id}” is not one task list"
        problems.add("bad-card", card.back.place, message, _FORM)
    elif right != 1:
        message = f"card “{card.id}” has {right} right answers"
        problems.add("bad-card", card.back.place, message, _FORM)
    elif not 2 <= len(found) <= MOST_CHOICES:
        message = f"card “{card.id}” has {len(found)} answer{'s' * (len(found) != 1)}"
        problems.add("bad-card", card.back.place, message, f"write 2 to {MOST_CHOICES}")
    for choice in found:
        if not (choice.answer and choice.reason):
            message = f"answer {choice.letter} of card “{card.id}” has no reason"
            problems.add("bad-card", choice.place, message, _FORM)


def with_choices(card: Card) -> Text:
    """A card's front with the answers to choose from."""
    (line,) = card.front.tokens
    listed = _list([(c.letter, c.answer) for c in choices(card.back)])
    return replace(card.front, tokens=(*_paragraph(line.children or ()), *listed))


def options(card: Card) -> Text:
    """The answers to choose from alone."""
    listed = _list([(c.letter, c.answer) for c in choices(card.back)])
    return replace(card.back, tokens=tuple(listed))


def right_answer(card: Card) -> Text:
    """The right answer with its letter, as running text."""
    (right,) = (c for c in choices(card.back) if c.is_right)
    named = (Token("text", "", 0, content=f"{right.letter}. "), *right.answer)
    return replace(card.back, tokens=tuple(_paragraph(named)))


def reasons(card: Card) -> Text:
    """Why the right answer is right, and why each other is wrong."""
    found = choices(card.back)
    (right,) = (c for c in found if c.is_right)
    wrong = [(c.letter, (*c.answer, _COLON, *c.reason)) for c in found if not c.is_right]
    return replace(card.back, tokens=(*_paragraph(right.reason), *_list(wrong)))


def key(card: Card) -> Text:
    """What stands on the back: the right answer, and all reasons."""
    (right,) = (c for c in choices(card.back) if c.is_right)
    why, *others = right.reason, *reasons(card).tokens[3:]
    named = Token("text", "", 0, content=f"{right.letter}. ")
    strong = (Token("strong_open", "strong", 1), named, *right.answer)
    line = (*strong, Token("strong_close", "strong", -1), _COLON, *why)
    return replace(card.back, tokens=(*_paragraph(line), *others))


_COLON = Token("text", "", 0, content=": ")


def _items(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """The items of a task list of single paragraphs, with their lines; empty for all else."""
    inner = tokens[1:-1]
    items = [inner[i : i + 5] for i in range(0, len(inner), 5)]
    wanted = ["list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close"]
    is_list = bool(tokens) and tokens[0].type == "bullet_list_open" and tokens[0].level == 0
    if not is_list or not all([t.type for t in item] == wanted for item in items):
        return []
    if not all("checked" in item[0].meta for item in items):
        return []
    return [(item[0], item[2]) for item in items]


def _split(line: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The parts of a line before and after its first colon that is followed by a blank."""
    depth = 0
    for i, token in enumerate(line):
        depth += token.nesting
        before, colon, after = token.content.partition(": ")
        ends = not colon and token.content.endswith(":") and i + 1 < len(line)
        if depth or token.type != "text" or not (colon or ends):
            continue
        rest = line[i + 1 :] if colon else _without_break(line[i + 1 :])
        head = before if colon else before[:-1]
        return _part([*line[:i], token.copy(content=head)]), _part(
            [token.copy(content=after if colon else ""), *rest]
        )
    return tuple(line), ()


def _without_break(line: Sequence[Token]) -> Sequence[Token]:
    return line[1:] if line[0].type == "softbreak" else line


def _part(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(t for t in tokens if t.type != "text" or t.content)


def _paragraph(children: Sequence[Token], *, hidden: bool = False) -> list[Token]:
    content = "".join(t.content for t in children)
    inline = Token("inline", "", 0, content=content, children=list(children), block=True)
    opened = Token("paragraph_open", "p", 1, hidden=hidden, block=True)
    return [opened, inline, Token("paragraph_close", "p", -1, hidden=hidden, block=True)]


def _list(items: Sequence[tuple[str, Sequence[Token]]]) -> list[Token]:
    """An ordered list with letters; each item has the number of its letter."""
    attrs: dict[str, Any] = {"type": "A"}
    tokens = [Token("ordered_list_open", "ol", 1, attrs=attrs, block=True)]
    for letter, line in items:
        value = ascii_uppercase.index(letter) + 1
        opened = Token("list_item_open", "li", 1, attrs={"value": value}, block=True)
        closed = Token("list_item_close", "li", -1, block=True)
        tokens += [opened, *_paragraph(line, hidden=True), closed]
    return [*tokens, Token("ordered_list_close", "ol", -1, block=True)]
