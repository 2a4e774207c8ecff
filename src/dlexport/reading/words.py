"""How long a text is: words of prose, a formula counting as one."""

from __future__ import annotations

import re

from dlexport.document import FormulaBlock, Text, lines, plain, walk


def count_words(text: Text | None) -> int:
    """The words of a text's paragraphs, headings and lists; code, tables, captions are not."""
    return len(word_list(prose(text))) if text else 0


def prose(text: Text) -> str:
    """The words that `count_words` counts, formulas written as `F`."""
    parts = [plain(block.children) for block in lines(text.blocks, tables=False)]
    parts += ["$F$" for block in walk(text.blocks) if isinstance(block, FormulaBlock)]
    return re.sub(r"\$[^$]*\$", "F", " ".join(parts))


def word_list(text: str) -> list[str]:
    """The words of a text: runs without blanks that hold a letter or a digit."""
    return [word.strip(".,;:!?()[]“”\"'") for word in text.split() if re.search(r"\w", word)]
