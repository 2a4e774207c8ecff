"""Rules for markdown-it: what our Markdown has beside GitHub's, or reads in another way."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs.index import _attr_block_rule
from mdit_py_plugins.attrs.parse import ParseError, parse

_CITATION = re.compile(r"\[(@[\w:.+/-]+(?:\s*;\s*@[\w:.+/-]+)*)\]")
_CODE_MATH = re.compile(r"\$(`+)(?!`)(.+?)(?<!`)\1\$", re.S)
# Between the dollars, a backslash takes the next character along.
_DOLLARS = re.compile(r"\$\$((?:\\.|[^\\$]|\$(?!\$))+)\$\$|\$((?:\\.|[^\\$])+)\$", re.S)
_CLOZE_OPEN = re.compile(r"\{\{c(\d+)::")


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is one list of attributes; the plug-in drops what follows the list."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if not line.startswith("{"):
        return False
    try:
        length, _ = parse(line)
    except ParseError:
        return False
    return length == len(line) - 1 and _attr_block_rule(state, start, end, silent)


def code_math(state: StateInline, silent: bool) -> bool:
    """GitHub's other inline formula: a dollar, a code span, a dollar."""
    found = _CODE_MATH.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found[2].strip()
        token.markup = "$`"
        token.meta = {"offset": found.start(2)}
    state.pos = found.end()
    return True


def dollar_math(state: StateInline, silent: bool) -> bool:
    """`$x$`, and `$$x$$` within a line.

    A price is no formula: no digit may touch the outside of a `$`, no blank the inside of
    a single one.
    """
    start = state.pos
    found = _DOLLARS.match(state.src, start, state.posMax)
    if not found or state.src[start - 1 : start].isdigit():
        return False
    after = state.src[found.end() : found.end() + 1]
    content, display = (found[1], True) if found[1] else (found[2], False)
    if after.isdigit() or (not display and content != content.strip()):
        return False
    if not silent:
        token = state.push("math_inline_double" if display else "math_inline", "math", 0)
        token.content = content.strip()
        blanks = len(content) - len(content.lstrip())
        token.meta = {"offset": found.start(1 if display else 2) + blanks}
    state.pos = found.end()
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """`[@key]` and `[@one; @two]`."""
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found[0]
        keys = [key.strip()[1:] for key in found[1].split(";")]
        token.meta = {"offset": state.pos, "keys": keys}
    state.pos = found.end()
    return True


def cloze(state: StateInline, silent: bool) -> bool:
    """The three marks of a cloze deletion: `{{c1::`, `::` and `}}`.

    Formulas and code are taken by their own rules before this one sees their
    braces, so `{{c1::$\\frac{a}{{b}}$}}` ends where a reader thinks it does.
    """
    found = _CLOZE_OPEN.match(state.src, state.pos, state.posMax)
    kind, text = ("cloze_open", found[0]) if found else _inner_mark(state)
    if not kind:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = text
        token.meta = {"offset": state.pos, "number": int(found[1]) if found else 0}
    state.pos += len(text)
    return True


def _inner_mark(state: StateInline) -> tuple[str, str]:
    pair = state.src[state.pos : min(state.pos + 2, state.posMax)]
    if pair not in ("::", "}}"):
        return "", ""
    hints = [False]
    for token in state.tokens:
        if token.type == "cloze_open":
            hints.append(False)
        elif token.type == "cloze_hint":
            hints[-1] = True
        elif token.type == "cloze_close":
            hints.pop()
    if len(hints) == 1 or (pair == "::" and hints[-1]):
        return "", ""
    return ("cloze_close" if pair == "}}" else "cloze_hint"), pair
