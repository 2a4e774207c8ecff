"""What to do about YAML that cannot be read, or that says less than was written."""

from __future__ import annotations

import re

from dlexport.reading.escapes import HINT as SINGLE_QUOTES

COMMENT = "put the value between quotes, or the comment on a line of its own"
_QUOTES = "put the whole value between quotes"
# What PyYAML says, and how to mend it.
_HINTS = (
    ("escape", SINGLE_QUOTES),
    ("mapping values", "put a value that holds `: ` between quotes"),
    ("without its end", "close it; inside single quotes write ' twice"),
    ("could not find expected ':'", "write each line as `key: value`"),
    ("expected ',' or", "close the bracket, or put a value that begins with one between quotes"),
    ("alias", "put a value that begins with * between quotes"),
    ("alphabetic or numeric", "put a value that begins with * or & between quotes"),
    ("a comment or a line break", "put a value that begins with > or | between quotes"),
    ("sequence entries", "put a value that begins with a hyphen between quotes, or begin the list "
     "on the next line"),
    ("found character", "put a value that begins with this sign between quotes"),
    ("expected <block end>", f"{_QUOTES}: nothing may follow a closing quote or bracket; keys and "
     "items stand one below the other"),
)  # fmt: skip
_PLAIN = ("number", "as_of", "difficulty", "asked")  # values that no sentence is
_WORDS = ("title", "question")
_ON_LINE = re.compile(r"([ \t]*)#(.?)")
_BELOW = re.compile(r"[ \t]*\n(?:[ \t]*\n)*[ \t]+#(\w)")


def hint_for(problem: str, text: str, began: int, at: int) -> str:
    """How to mend what the parser reports at `at`, in what began at another place."""
    if text[at : at + 1] == "\t" or "'\\t'" in problem:
        return "use blanks instead of the tab"
    line = text[began:].partition("\n")[0]
    if "expected ',' or" in problem and " #" in line:
        return "` #` begins a comment, which takes the bracket away: put the item between quotes"
    return next((hint for part, hint in _HINTS if part in problem), _QUOTES)


def swallowed(key: str, value: str, rest: str) -> int:
    """Where in what follows a value a comment begins that was meant as text; -1 for none.

    A comment begins with `# `, behind a value that is whole: one word, or a sentence to its
    end. What follows `#` at once, as in `#5`, is text, unless the value is a number or a
    choice; so is what interrupts words.
    """
    found = _ON_LINE.match(rest)
    if found is None:
        below = _BELOW.match(rest) if key in _WORDS and value else None
        return below.start(1) - 1 if below else -1
    gap, sign = found.groups()
    is_text = sign.isalnum() and key not in _PLAIN
    is_whole = len(gap) > 1 or " " not in value or value.endswith((".", "?", "!"))
    return len(gap) if is_text or (key in _WORDS and not is_whole) else -1
