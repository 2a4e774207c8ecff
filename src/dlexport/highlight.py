"""Highlighted code as spans with Pygments' classes; the colours live in the templates."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

_PLAIN = ("text", "output", "math", "console-output")

# The classes that templates/shared/code.css colours; other spans would only
# make documents larger and slower to lay out.
STYLED = frozenset({"k", "s", "c", "m", "nf", "nc", "nb", "nd", "o", "kc", "gd", "gi", "se", "si"})


def is_known_language(language: str) -> bool:
    """Whether code in this language is highlighted or plain on purpose."""
    return language in _PLAIN or _lexer(language) is not None


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> tuple[str, ...]:
    """The lines of `code` as HTML: escaped, with spans for the token types that have a colour."""
    lexer = None if language in _PLAIN else _lexer(language)
    if lexer is None:
        return tuple(str(escape(line)) for line in code.split("\n"))
    lines = [""]
    for kind, value in lexer.get_tokens(code):
        first, *others = (_span(part, kind) for part in value.split("\n"))
        lines[-1] += first
        lines += others
    return tuple(lines)


def _span(text: str, kind: _TokenType) -> str:
    css = _css_class(kind)
    escaped = str(escape(text))
    return f'<span class="{css}">{escaped}</span>' if css and text.strip() else escaped


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _css_class(kind: _TokenType) -> str:
    """The nearest styled class of a token type or of what it is a kind of."""
    names = (STANDARD_TYPES.get(parent, "") for parent in reversed(kind.split()))
    return next((name for name in names if name in STYLED), "")
