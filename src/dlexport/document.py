"""A piece of Markdown as the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from dlexport.problems import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of Markdown, parsed: tokens whose lines are those of the file.

    `footnotes` holds the definitions that the tokens refer to, by label.
    """

    tokens: tuple[Token, ...]
    place: Place
    footnotes: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @property
    def everything(self) -> Iterator[Token]:
        """Every token, children and footnotes included."""
        found: list[Token] = []
        for tokens in (self.tokens, *self.footnotes.values()):
            _gather(tokens, found)
        return iter(found)


def _gather(tokens: Iterable[Token], found: list[Token]) -> None:
    for token in tokens:
        found.append(token)
        if token.children:
            _gather(token.children, found)
        if "caption" in token.meta:
            _gather(token.meta["caption"], found)
