"""The Markdown that the collection is written in, as a markdown-it parser.

CommonMark and GitHub's additions, with formulas, citations, cloze deletions,
attribute lists and definition lists. Every token that a message may point at
carries its place in `meta["place"]`. Tokens are not changed after they were parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.gfm import gfm_plugin

from dlexport.problems import Place, Problems
from dlexport.reading.inline import InlineParser
from dlexport.reading.source import Source
from dlexport.reading.spans import span

MAX_NESTING = 100
# A container opens up to three levels at once (list, item, paragraph).
_DEEPEST = MAX_NESTING - 3

_ATTRIBUTES = ("id", "class", "width", "height", "start", "lang", "dir")
# Most tokens have none, and there are very many of them.
_NOTHING: Any = MappingProxyType({})
# Parts of a line at which no message points.
_WITHOUT_PLACE = frozenset(
    "text text_special softbreak hardbreak em_open em_close strong_open strong_close "
    "s_open s_close code_inline link_close term_close number_close".split()
)
_CITATION = re.compile(r"\[(@[\w:.+/-]+(?:\s*;\s*@[\w:.+/-]+)*)\]")
_CODE_MATH = re.compile(r"\$(`+)(?!`)(.+?)(?<!`)\1\$", re.S)
_CLOZE_OPEN = re.compile(r"\{\{c(\d+)::")


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "xhtmlOut": True})
    md.use(gfm_plugin)
    md.core.ruler.disable("footnote_tail")  # each Text takes its own notes along
    md.use(deflist_plugin)
    md.use(attrs_plugin, allowed=_ATTRIBUTES)
    md.use(attrs_block_plugin, allowed=_ATTRIBUTES)
    # A price is not a formula: no digit may touch the outside of a `$`,
    # no blank its inside.
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    md.inline.ruler.before("math_inline", "code_math", _code_math)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "cloze", _cloze)
    md.inline.ruler.before("link", "span", span)
    md.inline = InlineParser(md.inline)
    return md


def parse(source: Source, body: str, problems: Problems) -> list[Token]:
    """Parse a file's Markdown; `body` is its text with the front matter blanked out."""
    tokens = _parser().parse(body)
    lines = source.lines
    for token in tokens:
        if token.level >= _DEEPEST and token.map:
            problems.add(
                "too-deep",
                source.place(token.map[0] + 1),
                f"lists and quotes nest more than {_DEEPEST // 2} levels deep",
                "indent less",
            )
            break
    _set_places(source, lines, tokens)
    return tokens


def parse_inline(text: str, place: Place) -> list[Token]:
    """Parse one line of Markdown from outside a Markdown body; problems point at `place`."""
    tokens = _parser().parseInline(text)
    for token in walk(tokens):
        token.meta = {**token.meta, "place": place}
    return tokens


def walk(tokens: Sequence[Token]) -> Iterator[Token]:
    """Every token, children after their parents."""
    for token in tokens:
        yield token
        if token.children:
            yield from walk(token.children)


def plain(tokens: Sequence[Token]) -> str:
    """The words of the tokens, formulas as their TeX, without any markup."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "fence", "code_block"):
            parts.append(token.content)
        elif token.type.startswith("math"):
            parts.append(f"${token.content}$")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.children and token.type != "image":
            parts.append(plain(token.children))
        if token.block and token.nesting == -1:
            parts.append(" ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _set_places(source: Source, lines: list[str], tokens: Sequence[Token]) -> None:
    """Give blocks their places, and those parts of a line that a message may point at."""
    row = 0
    meta: dict[str, Place] = {}  # of the block before, if it begins at the same place
    for token in tokens:
        if token.map:
            row = token.map[0]
        place = _block_place(source, lines, token, row)
        if token.meta:
            token.meta = {**token.meta, "place": place}
        else:
            meta = meta if meta.get("place") == place else {"place": place}
            token.meta = meta
        if not token.attrs:
            token.attrs = _NOTHING
        if token.type == "inline":
            for child in walk(token.children or []):
                _set_inline_place(source, lines, token, child, row)


def _set_inline_place(
    source: Source, lines: list[str], parent: Token, child: Token, row: int
) -> None:
    if not child.attrs:
        child.attrs = _NOTHING
    if child.type in _WITHOUT_PLACE:
        child.meta = child.meta or _NOTHING
        return
    place = _inline_place(source, lines, parent, child, row)
    child.meta = {**child.meta, "place": place}
    if child.type == "image" and child.attrs.get("title"):
        title = str(child.attrs["title"])
        child.meta["caption"] = parse_inline(title, place)[0].children


def _block_place(source: Source, lines: list[str], token: Token, row: int) -> Place:
    text = lines[row] if row < len(lines) else ""
    start = text.find("$$") + 2 if token.type == "math_block" else len(text) - len(text.lstrip())
    return source.place(row + 1, start + 1)


def _inline_place(source: Source, lines: list[str], parent: Token, child: Token, row: int) -> Place:
    offset = child.meta.get("offset")
    if offset is None:
        offset = max(_find(child, parent.content), 0)
    before = parent.content[:offset]
    row += before.count("\n")
    line_start = before.rfind("\n") + 1
    line_end = parent.content.find("\n", line_start)
    written = parent.content[line_start : line_end if line_end >= 0 else None]
    shift = max(lines[row].find(written), 0) if row < len(lines) else 0
    return source.place(row + 1, shift + offset - line_start + 1)


def _find(token: Token, content: str) -> int:
    """Where a token of markdown-it's own, which does not say, begins in its paragraph."""
    if token.type in ("image", "link_open"):
        address = str(token.attrs.get("src" if token.type == "image" else "href", ""))
        return content.rfind("[", 0, max(content.find(f"]({address}"), 0)) - (token.type == "image")
    return content.find(token.content or token.markup)


def _code_math(state: StateInline, silent: bool) -> bool:
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


def _citation(state: StateInline, silent: bool) -> bool:
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


def _cloze(state: StateInline, silent: bool) -> bool:
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
