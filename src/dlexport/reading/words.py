"""How long a text is: words of prose, a formula counting as one."""

from __future__ import annotations

import re

from dlexport.document import Text
from dlexport.reading.markdown import plain

_NOT_PROSE = ("fence", "code_block", "html_block", "image")


def count_words(text: Text | None) -> int:
    """The words of a text's paragraphs, headings and lists; code, tables, captions are not."""
    return len(word_list(prose(text))) if text else 0


def prose(text: Text) -> str:
    """The words that `count_words` counts, formulas written as `F`."""
    parts, in_table = [], False
    for token in text.tokens:
        in_table = (in_table or token.type == "table_open") and token.type != "table_close"
        if token.type == "inline" and not in_table:
            parts.append(plain([t for t in token.children or [] if t.type not in _NOT_PROSE]))
        elif token.type == "math_block":
            parts.append("$F$")
    return re.sub(r"\$[^$]*\$", "F", " ".join(parts))


def word_list(text: str) -> list[str]:
    """The words of a text: runs without blanks that hold a letter or a digit."""
    return [word.strip(".,;:!?()[]“”\"'") for word in text.split() if re.search(r"\w", word)]
