"""What a reader gets of a card, from the fields of its note.

A card that moved or has a new id is told by its words. They are the same for another markup
of the same text and for any template, and they can be had from any package, one that Anki
exported included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape

from dlexport.exporters.anki.fields import sides
from dlexport.exporters.anki.identity import full_name
from dlexport.exporters.anki.renderer import AnkiRenderer
from dlexport.ledger import Face
from dlexport.model import Collection
from dlexport.reading import cards
from dlexport.rendering.session import Session

_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r"\{\{c(\d+)::|\}\}|::")


def faces_of(collection: Collection, session: Session) -> Mapping[str, Face]:
    """The face of every card, by `question/card`. The collection has to be without errors."""
    renderer = AnkiRenderer(collection, session)
    return {
        f"{question.id}/{card.id}": face(
            card.kind, full_name(collection, deck), sides(renderer, question, card)
        )
        for deck in collection.decks
        for question in deck.questions
        for card in question.cards
    }


def face(kind: str, deck: str, fields: Sequence[str]) -> Face:
    """The face of a card of that kind; `fields` are those of its two sides."""
    if kind != cards.CLOZE:
        return Face(deck, _digest(fields[0]), _digest(*fields[1:]))
    cloze = _Cloze(fields[0])
    hidden = {number: _words(" ".join(found)) for number, found in cloze.hidden.items()}
    return Face(deck, _digest(cloze.shown), _digest(cloze.filled), hidden)


def _words(markup: str) -> str:
    """The words of a field, pictures by their names, formulas as LaTeX; one blank between."""
    text = unescape(_TAG.sub("", _PICTURE.sub(r" \1 ", markup)))
    return " ".join(text.split())


def _digest(*fields: str) -> str:
    """The first 16 digits of the SHA-256 of all words, without blanks."""
    text = "\n".join("".join(_words(field).split()) for field in fields)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class _Open:
    """A deletion whose end has not come yet."""

    number: int
    text: str = ""
    in_hint: bool = False


@dataclass(slots=True)
class _Cloze:
    """A cloze note's text with its deletions as blanks and filled in, and what they hide."""

    markup: str
    shown: str = ""
    filled: str = ""
    hidden: dict[int, list[str]] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        end = 0
        for mark in _MARK.finditer(self.markup):
            self._add(self.markup[end : mark.start()])
            self._follow(mark)
            end = mark.end()
        self._add(self.markup[end:])

    def _follow(self, mark: re.Match[str]) -> None:
        if mark[1]:
            self._stack.append(_Open(int(mark[1])))
        elif not self._stack:
            self._add(mark[0])
        elif mark[0] == "::":
            self._stack[-1].in_hint = True
        else:
            closed = self._stack.pop()
            self.hidden.setdefault(closed.number, []).append(closed.text)
            if not self._stack:
                self.shown += "[...]"

    def _add(self, text: str) -> None:
        if any(deletion.in_hint for deletion in self._stack):
            return
        self.filled += text
        if not self._stack:
            self.shown += text
        for deletion in self._stack:
            deletion.text += text
