"""Raw HTML in Markdown, reduced to what is harmless and well-formed.

The list is GitHub's in spirit: text-level elements, `<details>`, simple
tables; no script, style, form, frame or event handler. Pictures come from
Markdown only, where their files are checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

import nh3

from dlexport.document import HtmlBlock, HtmlInline, Node, walk
from dlexport.document.html import ELEMENTS
from dlexport.untrusted import link_fault

ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "role", "title", "aria-label"},
    "a": {"href"},
    "details": {"open"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_BLOCKS = set(
    """
    aside blockquote dd details div dl dt figure h3 h4 h5 h6 hr li ol p pre table ul
    """.split()
)
_TEXT_LEVEL = set(
    """
    abbr b bdi bdo cite code dfn em i kbd mark q s samp small span strong sub sup u var
    """.split()
)


def contains_html(nodes: Iterable[Node]) -> bool:
    """Whether raw HTML stands anywhere in the nodes."""
    return any(isinstance(node, HtmlBlock | HtmlInline) for node in walk(nodes))


def sanitise(markup: str) -> str:
    """The markup with nothing but the allowed elements and attributes, as XHTML."""
    import tinyhtml5

    clean = nh3.clean(
        markup,
        tags=set(ELEMENTS),
        attributes=ATTRIBUTES,
        attribute_filter=_without_bad_addresses,
        link_rel=None,
    )
    root = tinyhtml5.parse(f"<body>{clean}</body>", namespace_html_elements=False)
    body = root.find("body")
    if body is None:
        return ""
    _unwrap_misplaced(body)
    xml = ElementTree.tostring(body, encoding="unicode")
    inner = re.sub(r"\A<body>|</body>\Z|\A<body />\Z", "", xml)
    void = r"<(?!(?:br|hr|wbr)\b)([a-z0-9]+)([^<>]*?) />"
    return re.sub(void, r"<\1\2></\1>", inner)


def _without_bad_addresses(_tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and link_fault(value) else value


def _unwrap_misplaced(parent: ElementTree.Element) -> None:
    """Take away text-level elements around blocks: HTML parsers allow them, EPUB does not."""
    for child in list(parent):
        _unwrap_misplaced(child)
        if child.tag in _TEXT_LEVEL and any(e.tag in _BLOCKS for e in child.iter()):
            _replace_by_content(parent, child)


def _replace_by_content(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    place, content = list(parent).index(child), list(child)
    texts = [child.text or "", child.tail or ""]
    if content:
        content[-1].tail = (content[-1].tail or "") + texts.pop()
    before = "".join(texts)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + before
    else:
        parent.text = (parent.text or "") + before
    parent[place : place + 1] = content


class Slots:
    """Placeholders for markup of our own, which the sanitiser must not touch."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        written = repr(nodes)
        self._mark = next(m for i in range(10**6) if (m := f"slot{i}x") not in written)
        self._kept: list[str] = []

    def keep(self, markup: str) -> str:
        """Put markup aside and return what stands for it."""
        self._kept.append(markup)
        return f"{self._mark}{len(self._kept) - 1}z"

    def fill(self, markup: str) -> str:
        """Put everything back."""
        return re.sub(rf"{self._mark}(\d+)z", lambda m: self._kept[int(m[1])], markup)
