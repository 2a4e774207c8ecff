"""Which characters of a text Markdown would take for marks."""

from __future__ import annotations

import re

# Marks wherever they stand; those before a letter, a digit or each other only.
_ALWAYS = re.compile(r"[`\[$]|\\(?=[!-/:-@\[-`{-~\n]|$)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\{(?=\{c\d)")
# A `*` or `~` between blanks is one; a `_` within a word too.
_STARS = re.compile(r"[*~](?!\s)|(?<!\s)[*~]")
_UNDERSCORES = re.compile(r"_(?!\w)|(?<!\w)_|(?<=_)_|_(?=_)")
_ADDRESSES = re.compile(r":(?=//)|(?<=[\w.+-])@(?=[\w-]+\.\w)|(?<=\bwww)\.", re.I)
_EDGE = re.compile(r"^[^\S ]|[^\S ]$")
# What makes a block of a line that begins with it; the group is the character to escape.
_BLOCK = re.compile(
    r"""\s*(?:
        ([-+*>:~]) (?=\s|$)            # an item, a quote, a definition
      | (>)
      | (\#) (?=\#{0,5}(?:\s|$))      # a heading
      | \d{1,9} ([.)]) (?=\s|$)       # an item with a number
      | ([-=]) (?=[-=\s]*$)           # a heading's second line, a line across
      | ([|:-]) (?=[-:|\s]*$)         # a table's second line
      | (\{) (?=[^{}]*\}\s*$)         # a list of attributes
    )""",
    re.X,
)


def escape(text: str) -> str:
    """Text with a backslash before each character that would be a mark within a line."""
    text = _ALWAYS.sub(_backslash, text)
    text = _STARS.sub(_backslash, text)
    text = _UNDERSCORES.sub(_backslash, text)
    return _ADDRESSES.sub(_backslash, text)


def escape_brackets(text: str) -> str:
    """Escaped text for the inside of brackets."""
    return text.replace("]", "\\]")


def escape_line(line: str) -> str:
    """A line of a paragraph that begins no block: its mark has a backslash before it.

    Blanks at its ends that are no spaces are spelled by their numbers, and so kept.
    """
    line = _EDGE.sub(lambda found: f"&#{ord(found[0])};", line)
    found = _BLOCK.match(line)
    if not found or not found.lastindex:
        return line
    start = found.start(found.lastindex)
    return line[:start] + "\\" + line[start:]


def _backslash(found: re.Match[str]) -> str:
    return "\\" + found[0]
