"""What a parser of Markdown takes away without a word: reported, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from dlexport.document import Footnote, FootnoteReference, Node, Str, walk
from dlexport.problems import Problems
from dlexport.reading.source import Source

_BAR = re.compile(r"(?<!\\)\|")
# What stands before a block's own text: blanks, and the marks of quotes.
_BEFORE = re.compile(r"[\s>]*")
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")


def report_tokens(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report cells that no column takes, code without an end, and notes that stand twice."""
    labels: dict[str, int] = {}
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            _report_row(source, token.map[0], columns, problems)
        elif token.type == "fence" and token.map:
            _report_fence(source, token, problems)
        elif token.type == "footnote_reference_open" and token.map:
            _report_twice(source, token, labels, problems)


def report_notes(
    source: Source, blocks: Iterable[Node], footnotes: Iterable[Footnote], problems: Problems
) -> None:
    """Report notes that nothing refers to, and references to notes that are not there."""
    notes = tuple(footnotes)
    nodes = [*walk(blocks), *walk(notes)]
    wanted = {node.label for node in nodes if isinstance(node, FootnoteReference)}
    for note in notes:
        if note.label not in wanted:
            message = f"nothing refers to the footnote “{note.label}”: it is shown nowhere"
            problems.add(
                "unused-footnote", note.place, message, f"write [^{note.label}] where it belongs"
            )
    for string in _strings(nodes):
        for found in _NOTE.findall(string.text):
            line = string.place.line
            problems.add(
                "unknown-footnote",
                source.place(line, source.lines[line - 1].find(found) + 1),
                f"“{found}” is read as text: there is no such footnote",
                f"write it on a line of its own, `{found}: ...`",
            )


def _strings(nodes: Iterable[Node]) -> Iterator[Str]:
    return (node for node in nodes if isinstance(node, Str))


def _report_row(source: Source, row: int, columns: int, problems: Problems) -> None:
    line = source.lines[row].rstrip()
    start = _BEFORE.match(line).end()  # type: ignore[union-attr]
    bars = [found.start() for found in _BAR.finditer(line, start)]
    if bars[:1] == [start]:
        del bars[0]
    if len(bars) < columns:
        return
    end = bars[columns - 1] + 1
    lost = line[end:].strip("| \t")
    if lost:
        problems.add(
            "lost-cells",
            source.place(row + 1, line.index(lost, end) + 1),
            f"“{lost[:60]}” is in no column: the table has {columns}",
            r"write \| for a bar inside a cell, \vert or \lvert ... \rvert in a formula",
        )


def _report_fence(source: Source, token: Token, problems: Problems) -> None:
    assert token.map
    first, end = token.map
    last = source.lines[end - 1]
    closing = last[_BEFORE.match(last).end() :].rstrip()  # type: ignore[union-attr]
    is_closed = set(closing) == {token.markup[0]} and len(closing) >= len(token.markup)
    if end - 1 == first or not is_closed:
        problems.add(
            "open-code",
            source.place(first + 1),
            "the code that begins here has no end: all that follows is code",
            f"end it with a line of {token.markup}",
        )


def _report_twice(source: Source, token: Token, labels: dict[str, int], problems: Problems) -> None:
    assert token.map
    label, line = token.meta["label"], token.map[0] + 1
    if label in labels:
        message = f"the footnote “{label}” stands in line {labels[label]} already"
        problems.add("duplicate-footnote", source.place(line), message, "give it another label")
    labels.setdefault(label, line)
