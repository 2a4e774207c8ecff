"""Backslashes between double quotes: YAML and TOML make other signs of them, LaTeX means itself."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:([abefnrtv0NLP_ ])|.)", re.S)
_WORD = re.compile(r"[A-Za-z]+|.", re.S)
_MEANING = {
    "a": "the sign of a bell",
    "b": "a step backwards",
    "e": "the sign of an escape",
    "f": "the end of a page",
    "n": "the end of a line",
    "r": "the end of a line",
    "t": "a tab",
    "v": "a vertical tab",
    "0": "the character U+0000",
    "N": "the end of a line",
    "L": "the end of a line",
    "P": "the end of a paragraph",
    "_": "a blank that does not break",
    " ": "a blank",
}
HINT = "write it between single quotes, where a backslash is a backslash"


def lost_backslash(quoted: str) -> tuple[int, str] | None:
    """The first backslash of a text between double quotes that gives something else than it says.

    Its offset, and a message. Escapes of quotes, of backslashes and of characters by number
    are what they say.
    """
    for found in _ESCAPE.finditer(quoted):
        if found[1]:
            word = _WORD.match(quoted, found.start() + 1)
            written = "\\" + (word[0] if word else "")
            message = f"`\\{found[1]}` between double quotes is {_MEANING[found[1]]}"
            return found.start(), message + (f": `{written}`" if len(written) > 2 else "")
    return None
