"""What can be wrong with the deletions of a cloze card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dlexport.document import (
    Cloze,
    Code,
    CodeBlock,
    FormulaBlock,
    HtmlInline,
    Image,
    InlineFormula,
    Node,
    Str,
    StrayMark,
)
from dlexport.model import Card
from dlexport.problems import Problems
from dlexport.reading.sections import says_nothing

_HIGHEST = 500  # Anki knows no higher number
_MARK = re.compile(r"\{\{\s*[cC]\d[^{}:]*:{0,2}")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_VOID = frozenset({"br", "hr", "wbr", "img"})
_WRITE = "write {{c1::what is hidden}}"


def check_deletions(card: Card, problems: Problems) -> None:
    """Report a cloze card that hides nothing, and marks that hide something else than meant."""
    deletions, stray = list(card.back.every(Cloze)), list(card.back.every(StrayMark))
    misplaced = list(_misplaced(card))
    if not (deletions or stray or misplaced) and card.back:
        message = f"cloze card “{card.id}” hides nothing"
        problems.add("cloze-without-deletion", card.back.place, message, _WRITE)
    elif stray:
        message = "the deletion has no end in its paragraph"
        hint = "close it with }}, within the same emphasis or link"
        problems.add("bad-cloze", stray[-1].place, message, hint)
    for node, message, hint in misplaced:
        problems.add("bad-cloze", node.place, message, hint)
    for cloze in deletions:
        if not 1 <= cloze.number <= _HIGHEST:
            message = f"deletion number {cloze.number}"
            problems.add("bad-cloze", cloze.place, message, "count from c1")
        elif says_nothing(cloze.children):
            problems.add("bad-cloze", cloze.place, "the deletion hides nothing", _WRITE)
        elif not (_is_whole(cloze.children) and _is_whole(cloze.hint or ())):
            message = "HTML begins on one side of the deletion's marks and ends on the other"
            problems.add("bad-cloze", cloze.place, message, "put both tags inside, or outside")


def _is_whole(nodes: Iterable[Node]) -> bool:
    """Whether each tag of HTML in the nodes has its counterpart there; hints have their own."""
    opened: list[str] = []
    for node in nodes:
        if not isinstance(node, HtmlInline):
            if not _is_whole(node.inside):
                return False
            continue
        tag = _TAG.match(node.html)
        if not tag or tag[2].lower() in _VOID or node.html.endswith("/>"):
            continue
        if not tag[1]:
            opened.append(tag[2].lower())
        elif not opened or opened.pop() != tag[2].lower():
            return False
    return not opened


def _misplaced(card: Card) -> Iterator[tuple[Node, str, str]]:
    """Marks that are no deletion, with what is wrong and what to write."""
    for node in card.back.nodes:
        match node:
            case Str(text):
                where, hint = "is read as text", f"{_WRITE}, one number each"
            case Code(text) | CodeBlock(text):
                where, hint = "in code is code", "put all of the code inside, {{c1::`x`}}"
            case InlineFormula(text) | FormulaBlock(text):
                where, hint = "in a formula is LaTeX", "put all of it inside, {{c1::$x$}}"
            case Image(alt=text):
                where, hint = "hides nothing of a picture", "take it out of the alternative text"
            case _:
                continue
        found = _MARK.search(text)
        if found:
            yield node, f"“{found[0]}” {where}", hint
