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
def highlight(code: str, language: str) -> str:
    """`code` as HTML: escaped, with spans for the token types that have a colour."""
    lexer = None if language in _PLAIN else _lexer(language)
    if lexer is None:
        return str(escape(code))
    parts = []
    for kind, value in lexer.get_tokens(code):
        css = _css_class(kind)
        text = str(escape(value))
        parts.append(f'<span class="{css}">{text}</span>' if css and value.strip() else text)
    return "".join(parts)


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
