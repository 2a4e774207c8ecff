"""Whatever a file holds, it is a question or there is a problem: never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dlexport.problems import Problems
from dlexport.reading.question import parse_question
from dlexport.reading.source import Source

HEADINGS = [
    *("# Why?\n\n", "## Answer\n\n", "## Short answer\n\n", "## Common mistakes\n\n"),
    *("## Follow-ups\n\n", "## Cards\n\n", "### Front? {#a}\n\n", "### {#b .cloze}\n\n"),
    *("### T? {#c .typed}\n\n", "### Ch? {#d .choice}\n\n", "### ", "## ", "# "),
]
PIECES = [
    *(
        "- ",
        "- [x] ",
        "- [ ] a: b\n",
        "1. ",
        "> ",
        "> [!NOTE]\n> ",
        "{#x}\n",
        "{.key}\n",
        "{#y .z}",
    ),
    *("$$\nx\n$$\n", "$x$", "**b**", "`c`", "```python run\nx\n```\n", "```math\ny\n```\n"),
    *("[^1]", "[^1]: note [^2]\n", "[^2]: n\n", "^[inline]", "[a](b.md)", "![a](p.svg)\n", "[@k]"),
    *("{{c1::", "::", "}}", "<b>", "<mask>", "<div>\n", "<!-- c -->", "<!--", "<sub>", "</sub>"),
    *("\n", "\n\n", " ", "    ", "\t", "word", "\u00a0", "| a | b |\n|---|---|\n| c |\n", "***\n"),
    *(
        "term\n: def\n",
        "\\",
        "[t]{.term}",
        '[2]{from="a.b"}',
        "---\n",
        "===\n",
        "~~",
        "{start=x}\n",
    ),
]


@settings(max_examples=500, deadline=None)
@example(["# Why?\n\n", "## Answer\n\n", "{#x}\n", "### "])  # a heading without words
@example(["# Why?\n\n", "## Cards\n\n", "word"])  # cards without a card
@given(st.lists(st.sampled_from([*HEADINGS, *PIECES]), max_size=16))
def test_any_file(pieces: list[str]) -> None:
    """Headings of ours and all kinds of Markdown, in any order."""
    problems = Problems()
    source = Source(Path("q.md"), "q.md", "".join(pieces))
    assert parse_question(source, "deck", problems) or problems.errors


@pytest.mark.parametrize("item", ["- \u00a0", "- ", "- [x] "])
def test_an_item_without_words(item: str) -> None:
    """It has no bold head, and the message says so."""
    problems = Problems()
    text = f"# Why?\n\n## Answer\n\nA.\n\n## Common mistakes\n\n- **A.** B.\n{item}\n"
    parse_question(Source(Path("q.md"), "q.md", text), "deck", problems)
    assert [problem.code for problem in problems] == ["bad-list"]
