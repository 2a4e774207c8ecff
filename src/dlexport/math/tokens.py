"""The source of a formula cut into TeX's tokens, each with its place, and joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A control word, a control symbol, a comment with its line end, blanks, anything else.
_TOKEN = re.compile(r"\\[A-Za-z]+|\\[^A-Za-z]|%[^\n]*\n?|\s+|.")


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the place, counted from 0, that it comes from."""

    text: str
    place: int

    @property
    def is_word(self) -> bool:
        """Whether this is a control word, which a letter after it would lengthen."""
        return len(self.text) > 1 and self.text[0] == "\\" and self.text[1:].isalpha()

    @property
    def is_blank(self) -> bool:
        """Whether this stands for nothing: blanks or a comment."""
        return self.text.isspace() or self.text[0] == "%"


def tokenise(tex: str) -> Iterator[Token]:
    """The tokens of `tex`; their texts put together are `tex` again."""
    return (Token(match[0], match.start()) for match in _TOKEN.finditer(tex))


def token_texts(tex: str) -> list[str]:
    """The tokens of `tex` without their places."""
    return _TOKEN.findall(tex)


def join(tokens: Iterable[Token]) -> tuple[str, list[int]]:
    """The source that the tokens stand for, and the place of each character's token.

    A blank keeps a control word and a letter that were apart from becoming one word.
    """
    text: list[str] = []
    places: list[int] = []
    after_word = False
    for token in tokens:
        if after_word and token.text[0].isascii() and token.text[0].isalpha():
            text.append(" ")
            places.append(token.place)
        text.append(token.text)
        places.extend([token.place] * len(token.text))
        after_word = token.is_word
    return "".join(text), places


def group_end(tokens: list[Token], start: int) -> int | None:
    """The index of the brace that closes the one at `start`; None if nothing does."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[index].text, 0)
        if depth == 0:
            return index
    return None


def after_blanks(tokens: list[Token], start: int) -> int:
    """The index of the first token from `start` on that stands for something."""
    while start < len(tokens) and tokens[start].is_blank:
        start += 1
    return start


def without_line_end(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without line breaks (and blanks) at the end, which leave an empty line."""
    row = list(tokens)
    while row and (row[-1].is_blank or row[-1].text == r"\\"):
        row.pop()
    return row


def is_empty(tokens: Iterable[Token]) -> bool:
    """Whether there is nothing but blanks, comments, empty groups and line breaks."""
    return all(token.is_blank or token.text in ("{", "}", r"\\") for token in tokens)
