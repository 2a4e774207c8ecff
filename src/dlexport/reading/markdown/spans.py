"""Words with a mark that readers do not see.

`[softmax]{.term}` is a term for the index, `[2.94]{from="rates.h100.copy"}` a number
that was measured. Any other list of attributes after brackets is text.
"""

from __future__ import annotations

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs.parse import ParseError, parse

TERM = "term"
FROM = "from"


def span(state: StateInline, silent: bool) -> bool:
    """The rule for markdown-it: two tokens around the words, with what the mark says."""
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos, parseLinkLabel(state, state.pos)
    if end < 0 or end + 1 >= state.posMax or state.src[end + 1] != "{":
        return False
    try:
        length, attributes = parse(state.src[end + 1 : state.posMax])
    except ParseError:
        return False
    kind = _kind(attributes)
    if not kind or start + 1 == end:
        return False
    after = end + 1 + length + 1
    if not silent:
        _push(state, kind, (start, end, after), str(attributes.get(FROM, "")))
    state.pos = after
    return True


def _kind(attributes: dict[str, str]) -> str:
    if attributes == {"class": TERM}:
        return "term"
    return "number" if set(attributes) == {FROM} else ""


def _push(state: StateInline, kind: str, places: tuple[int, int, int], source: str) -> None:
    start, end, after = places
    token = state.push(f"{kind}_open", "", 1)
    token.content = "["
    token.meta = {"offset": start, "from": source}
    last, state.posMax, state.pos = state.posMax, end, start + 1
    state.md.inline.tokenize(state)
    token = state.push(f"{kind}_close", "", -1)
    token.content = state.src[end:after]
    token.meta = {"offset": end}
    state.posMax = last
