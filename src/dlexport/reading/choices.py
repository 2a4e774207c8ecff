"""Cards with answers to choose from: a task list, each answer with its reason.

`- [x] right answer: why` and `- [ ] wrong answer: why`. Answers keep the order in which
they were written, and are named by letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import ascii_uppercase

from dlexport.document import (
    BulletList,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Plain,
    SoftBreak,
    Str,
    Strong,
    Text,
)
from dlexport.model import Card
from dlexport.problems import Place, Problems

MOST_CHOICES = 6
_FORM = "write `- [x] right answer: why` once, and `- [ ] wrong answer: why` for each other"

Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer and its reason, as parts of a line."""

    letter: str
    is_right: bool
    answer: Words
    reason: Words
    place: Place


def choices(back: Text) -> tuple[Choice, ...]:
    """The choices of a task list; none where the text is anything else."""
    match back.blocks:
        case (BulletList(items),) if all(map(_is_choice, items)):
            return tuple(map(_choice, ascii_uppercase, items))
    return ()


def _is_choice(item: ListItem) -> bool:
    """Whether an item is a task of a single line."""
    match item.children:
        case (Plain() | Paragraph(),):
            return item.done is not None
    return False


def _choice(letter: str, item: ListItem) -> Choice:
    (line,) = item.children
    assert isinstance(line, Plain | Paragraph)
    answer, reason = _split(line.children)
    return Choice(letter, bool(item.done), answer, reason, line.place)


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
    (line,) = card.front.blocks
    assert isinstance(line, Plain)
    listed = _list((c.letter, c.answer) for c in choices(card.back))
    return replace(card.front, blocks=(Paragraph(line.children, place=line.place), listed))


def options(card: Card) -> Text:
    """The answers to choose from alone."""
    listed = _list((c.letter, c.answer) for c in choices(card.back))
    return replace(card.back, blocks=(listed,))


def right_answer(card: Card) -> Text:
    """The right answer with its letter, as running text."""
    right = _right(card)
    return replace(card.back, blocks=(Paragraph((Str(f"{right.letter}. "), *right.answer)),))


def reasons(card: Card) -> Text:
    """Why the right answer is right, and why each other is wrong."""
    return replace(card.back, blocks=(Paragraph(_right(card).reason), _wrong(card)))


def key(card: Card) -> Text:
    """What stands on the back: the right answer, and all reasons."""
    right = _right(card)
    named = Strong((Str(f"{right.letter}. "), *right.answer))
    line = Paragraph((named, Str(": "), *right.reason))
    return replace(card.back, blocks=(line, _wrong(card)))


def _right(card: Card) -> Choice:
    (right,) = (c for c in choices(card.back) if c.is_right)
    return right


def _wrong(card: Card) -> OrderedList:
    wrong = (c for c in choices(card.back) if not c.is_right)
    return _list((c.letter, (*c.answer, Str(": "), *c.reason)) for c in wrong)


def _list(items: Iterable[tuple[str, Words]]) -> OrderedList:
    """A list with letters; each item has the number of its letter."""
    return OrderedList(
        tuple(
            ListItem((Plain(line),), number=ascii_uppercase.index(letter) + 1)
            for letter, line in items
        ),
        has_letters=True,
    )


def _split(line: Words) -> tuple[Words, Words]:
    """The parts of a line before and after its first colon that is followed by a blank."""
    for i, node in enumerate(line):
        if not isinstance(node, Str):
            continue
        before, colon, after = node.text.partition(": ")
        rest = line[i + 1 :]
        if not colon and node.text.endswith(":") and rest:
            before, colon = node.text[:-1], ":"
            rest = rest[1:] if isinstance(rest[0], SoftBreak) else rest
        if colon:
            return (*line[:i], *_string(node, before)), (*_string(node, after), *rest)
    return line, ()


def _string(node: Str, text: str) -> Words:
    return (replace(node, text=text),) if text else ()
