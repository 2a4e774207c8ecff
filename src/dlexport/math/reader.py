"""Reading a formula's tokens one after the other, as TeX takes arguments."""

from __future__ import annotations

from collections.abc import Iterable

from dlexport.math.tokens import Token, group_end, join

_SIZES = frozenset(
    "\\" + name
    for name in (
        *("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl"),
        *("Biggl", "bigr", "Bigr", "biggr", "Biggr", "bigm", "Bigm", "biggm", "Biggm"),
    )
)
_CLOSING = {"(": ")", "[": "]"}


class Reader:
    """A row of tokens and a place in it. Blanks and sizes of brackets do not count."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = [token for token in tokens if token.text not in _SIZES]
        self._index = 0

    @property
    def next(self) -> str:
        """The text of the next token, without taking it; empty at the end."""
        while self._index < len(self._tokens) and self._tokens[self._index].is_blank:
            self._index += 1
        return self._tokens[self._index].text if self._index < len(self._tokens) else ""

    def take(self) -> str:
        """The text of the next token. Raise IndexError at the end."""
        text = self.next
        self._index += 1
        return text or self._tokens[self._index].text

    def take_if(self, *texts: str) -> str:
        """The text of the next token if it is one of `texts`, otherwise nothing."""
        return self.take() if self.next and self.next in texts else ""

    def argument(self) -> list[Token]:
        """The tokens of a group without its braces, or the next token."""
        if self.next != "{":
            self.take()
            return self._tokens[self._index - 1 : self._index]
        start = self._index
        end = group_end(self._tokens, start)
        self._index = len(self._tokens) if end is None else end + 1
        return self._tokens[start + 1 : end]

    def script(self) -> list[Token]:
        """An argument, or a command with its own: people write x_\\mathrm{max}."""
        tokens = self.argument()
        if len(tokens) == 1 and tokens[0].is_word and self.next == "{":
            start = self._index
            self.argument()
            return [*tokens, *self._tokens[start : self._index]]
        return tokens

    def name(self) -> str:
        """The argument as it is written, without blanks: a name, a colour, a length."""
        return "".join(token.text for token in self.argument() if not token.is_blank)

    def optional(self) -> str:
        """The source of an argument in square brackets; empty if there is none."""
        return join(self.until("]"))[0] if self.take_if("[") else ""

    def until(self, *ends: str) -> list[Token]:
        """The tokens before the next of `ends` outside groups; the end is taken too."""
        start, depth = self._index, 0
        while self.next:
            if depth == 0 and self.next in ends:
                self._index += 1
                return self._tokens[start : self._index - 1]
            depth += {"{": 1, "}": -1}.get(self.take(), 0)
        return self._tokens[start:]

    def bracketed(self) -> list[Token] | None:
        """The tokens in the brackets that open next; None if none do. Takes nothing."""
        opening = self.next
        closing = _CLOSING.get(opening)
        depth = 0
        for index in range(self._index, len(self._tokens) if closing else 0):
            text = self._tokens[index].text
            depth += (text == opening) - (text == closing)
            if depth == 0:
                return self._tokens[self._index + 1 : index]
        return None

    def skip(self, tokens: list[Token]) -> None:
        """Pass over the brackets that open next and the tokens in them."""
        self._index += len(tokens) + 2

    def holds(self, text: str, before: tuple[str, ...]) -> bool:
        """Whether `text` comes up before any of `before` closes what is open now."""
        depth = 0
        for token in self._tokens[self._index :]:
            if token.text == text and depth == 0:
                return True
            depth += token.text in ("(", "[", r"\{")
            depth -= token.text in before
            if depth < 0:
                return False
        return False

    def environment(self) -> list[Token]:
        """The tokens before the matching \\end, which is taken with its name."""
        start, depth = self._index, 1
        while depth:
            depth += {r"\begin": 1, r"\end": -1}.get(self.take(), 0)
        end = self._index - 1
        self.argument()
        return self._tokens[start:end]


def split(tokens: list[Token], separator: str) -> list[list[Token]]:
    """The runs of tokens between separators outside groups and environments."""
    runs: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in ("{", r"\begin")) - (token.text in ("}", r"\end"))
        if depth == 0 and token.text == separator:
            runs.append([])
        else:
            runs[-1].append(token)
    return runs
