"""Highlighted code as spans with Pygments' classes; the colours live in the templates."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from functools import lru_cache

from markupsafe import escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

_PLAIN = ("text", "output", "math", "console-output")

# The classes that templates/shared/code.css colours; other spans would only
# make documents larger and slower to lay out. Signs of operation have none: they
# would be nearly half of all spans, to be told from text by a shade.
STYLED = frozenset({"k", "s", "c", "m", "nf", "nc", "nb", "nd", "ow", "kc", "gd", "gi", "se", "si"})


def is_known_language(language: str) -> bool:
    """Whether code in this language is highlighted or plain on purpose."""
    return language in _PLAIN or _lexer(language) is not None


# A line: pieces of text, each with the class that colours it or none.
Line = tuple[tuple[str, str], ...]


_MOST_LISTINGS = 4096
# Pygments works out the rules of a language when it is first asked for, and counts in
# the class meanwhile; a language within another is asked for while one reads.
_ONE_AT_A_TIME = threading.Lock()


class Listings:
    """Code that was highlighted, so that it is done once. Any thread may ask."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], tuple[Line, ...]] = {}
        # What an earlier build highlighted, until somebody asks for it.
        self._earlier: dict[tuple[str, str], tuple[Line, ...]] = {}

    def highlight(self, code: str, language: str) -> tuple[Line, ...]:
        """The lines of `code`, in pieces of one token type that has a colour."""
        key = (language, code)
        lines = self._lines.get(key)
        if lines is None:
            if len(self._lines) >= _MOST_LISTINGS:
                self._lines.clear()
            # Another thread may be here too: the same lines come out.
            lines = self._earlier.pop(key, ()) or _highlighted(code, language)
            self._lines[key] = lines
        return lines

    def results(self) -> bytes:
        """All that was asked for so far, for `restore` in a later process."""
        return json.dumps([(*key, lines) for key, lines in sorted(self._lines.items())]).encode()

    def restore(self, results: bytes) -> None:
        """Take over the results of listings that the same program highlighted."""
        for language, code, lines in json.loads(results):
            self._earlier[language, code] = tuple(tuple(map(tuple, line)) for line in lines)


def _highlighted(code: str, language: str) -> tuple[Line, ...]:
    lexer = None if language in _PLAIN else _lexer(language)
    if lexer is None:
        return tuple((("", line),) for line in code.split("\n"))
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, value in _tokens(lexer, code):
        css = _css_class(kind)
        first, *others = value.split("\n")
        lines[-1].append((css if first.strip() else "", first))
        lines += [[(css if other.strip() else "", other)] for other in others]
    return tuple(tuple(line) for line in lines)


def _tokens(lexer: Lexer, code: str) -> list[tuple[_TokenType, str]]:
    with _ONE_AT_A_TIME:
        return list(lexer.get_tokens(code))


def markup(line: Line) -> str:
    """A line as HTML: escaped, in spans where it has a colour."""
    return "".join(
        f'<span class="{css}">{escape(text)}</span>' if css else str(escape(text))
        for css, text in line
        if text
    )


def wrap(line: Line, columns: int) -> list[Line]:
    """The line cut into parts of at most so many columns, at a blank where one is near."""
    text = "".join(piece for _, piece in line)
    if len(text) <= columns:
        return [line]
    blank = text.rfind(" ", columns * 2 // 3, columns)
    cut = blank + 1 if blank > 0 else columns
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    position = 0
    for css, piece in line:
        room = min(max(cut - position, 0), len(piece))
        before.append((css, piece[:room]))
        after.append((css, piece[room:]))
        position += len(piece)
    return [tuple(before), *wrap(tuple(after), columns)]


def _lexer(language: str) -> Lexer | None:
    # One for each listing, since some lexers keep a state while they read.
    with _ONE_AT_A_TIME, suppress(ClassNotFound):
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    return None


@lru_cache(maxsize=256)
def _css_class(kind: _TokenType) -> str:
    """The nearest styled class of a token type or of what it is a kind of."""
    names = (STANDARD_TYPES.get(parent, "") for parent in reversed(kind.split()))
    return next((name for name in names if name in STYLED), "")
