"""One formula's macros being expanded, token by token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dlexport.math.model import FormulaError
from dlexport.math.tokens import Token, group_end

_MOST_EXPANSIONS = 1000
_MOST_TOKENS = 50_000


def _commands(names: str) -> frozenset[str]:
    return frozenset("\\" + name for name in names.split())


# Commands whose argument is text or a name, where a backslash has other meanings.
_TEXT = _commands(
    "text textrm textbf textit textsf texttt textnormal textup mbox hbox fbox "
    "intertext shortintertext tag label ref eqref begin end"
)
_DEFINE = _commands(
    "def gdef let newcommand renewcommand providecommand DeclareMathOperator DeclarePairedDelimiter"
)
# Commands that take the next token (or the next two) if it has no braces. TeX gives them
# a macro whole, so its expansion needs the braces that the macro did without.
_TAKES_TWO = _commands("frac dfrac tfrac cfrac binom dbinom tbinom stackrel overset underset")
_TAKES_ONE = {"^", "_"} | _commands(
    "sqrt hat widehat tilde widetilde bar overline underline vec dot ddot acute grave check "
    "breve mathring boldsymbol bm mathbf mathrm mathit mathsf mathtt mathcal mathscr mathfrak "
    "mathbb operatorname overbrace underbrace overrightarrow overleftarrow overleftrightarrow "
    "cancel bcancel xcancel boxed phantom hphantom vphantom smash mathop mathbin mathrel "
    "mathord mathopen mathclose mathpunct mathinner"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: how many arguments it takes and the tokens it stands for."""

    arguments: int
    body: tuple[Token, ...]


class Expansion:
    """The state of one expansion; use it once."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        self._done = 0
        self._todo: list[Token] = []  # the next token comes last
        self._expected = 0  # arguments that commands read so far still want
        self._outer: list[tuple[str, int]] = []  # open groups, and what is wanted after them

    def run(self, tokens: Iterable[Token]) -> list[Token]:
        """The tokens without macros. Raise FormulaError where a macro cannot be expanded."""
        self._todo = list(tokens)[::-1]
        out: list[Token] = []
        while self._todo:
            token = self._todo.pop()
            if token.text in self._macros:
                self._expand(token)
                continue
            out.append(token)
            if token.text in _TEXT:
                out.extend(self._text())
            elif token.text in _DEFINE:
                self._refuse_redefinition()
            self._expect(token)
        return out

    def _expand(self, token: Token) -> None:
        self._done += 1
        if self._done > _MOST_EXPANSIONS or len(self._todo) > _MOST_TOKENS:
            raise FormulaError(f"the macro {token.text} expands without end", token.place)
        macro = self._macros[token.text]
        arguments = [self._argument(token, macro) for _ in range(macro.arguments)]
        body = list(_substitute(macro.body, arguments, token.place))
        if self._expected and len(body) != 1:
            body = [Token("{", token.place), *body, Token("}", token.place)]
        self._todo.extend(reversed(body))

    def _argument(self, caller: Token, macro: Macro) -> list[Token]:
        self._skip_blanks()
        if not self._todo or self._todo[-1].text == "}":
            wanted = f"{macro.arguments} argument{'s' if macro.arguments > 1 else ''}"
            raise FormulaError(f"the macro {caller.text} needs {wanted}", caller.place)
        if self._todo[-1].text != "{":
            return [self._todo.pop()]
        group = self._group()
        if group is None:
            raise FormulaError(f"the argument of {caller.text} has no end", caller.place)
        return group[1:-1]

    def _group(self) -> list[Token] | None:
        ahead = self._todo[::-1]
        end = group_end(ahead, 0)
        if end is None:
            return None
        del self._todo[len(self._todo) - end - 1 :]
        return ahead[: end + 1]

    def _skip_blanks(self) -> None:
        while self._todo and self._todo[-1].is_blank:
            self._todo.pop()

    def _text(self) -> Iterator[Token]:
        while self._todo and (self._todo[-1].is_blank or self._todo[-1].text == "*"):
            yield self._todo.pop()
        if not self._todo or self._todo[-1].text != "{":
            return
        math: list[Token] | None = None
        for token in self._group() or ():
            if token.text in ("$", r"\(", r"\)"):
                if math is not None:
                    yield from Expansion(self._macros).run(math)
                math = [] if math is None else None
                yield token
            elif math is None:
                yield token
            else:
                math.append(token)
        yield from math or ()

    def _refuse_redefinition(self) -> None:
        for token in reversed(self._todo):
            if token.text in self._macros:
                message = f"{token.text} is a macro of the collection already"
                raise FormulaError(message, token.place)
            if not (token.is_blank or token.text in ("{", "*")):
                return

    def _expect(self, token: Token) -> None:
        """Keep count of the arguments that are wanted after `token`."""
        text = token.text
        if text in _TAKES_ONE or text in _TAKES_TWO:
            self._expected = 1 + (text in _TAKES_TWO)
        elif text == "{":
            self._outer.append(("}", max(0, self._expected - 1)))
            self._expected = 0
        elif text == "[" and self._expected:
            self._outer.append(("]", self._expected))
            self._expected = 0
        elif self._outer and text == self._outer[-1][0]:
            self._expected = self._outer.pop()[1]
        elif not token.is_blank:
            self._expected = max(0, self._expected - 1)


def _substitute(
    body: tuple[Token, ...], arguments: list[list[Token]], place: int
) -> Iterator[Token]:
    tokens = iter(body)
    for token in tokens:
        if token.text == "#":
            yield from arguments[int(next(tokens).text) - 1]
        else:
            yield Token(token.text, place)
