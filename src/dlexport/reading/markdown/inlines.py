"""Read markdown-it's parts of a line, a flat list too, into a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from markdown_it.token import Token

from dlexport.document import (
    Attributes,
    Citation,
    Cloze,
    Code,
    Emphasis,
    FootnoteReference,
    HtmlInline,
    Image,
    Inline,
    InlineFormula,
    LineBreak,
    Link,
    Mark,
    SoftBreak,
    Span,
    Str,
    StrayMark,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    UnknownTag,
    plain,
)
from dlexport.document.html import is_known_tag
from dlexport.problems import Place
from dlexport.reading.markdown.attributes import attributes_of
from dlexport.reading.markdown.parser import parser
from dlexport.reading.markdown.places import OnePlace, Places

_BARE = {"em": Emphasis, "strong": Strong, "s": Strikethrough}
# Elements of HTML that are nodes of ours, where no attribute makes them anything else.
_ELEMENTS = {"mark": Mark, "sub": Subscript, "sup": Superscript}
_TAG = re.compile(r"<(/?)(mark|sub|sup)>", re.I)


@dataclass(slots=True)
class _Open:
    """A part of a line that has begun: what opened it, and what it holds so far."""

    kind: str
    token: Token
    place: Place
    children: list[Inline] = field(default_factory=list)
    # What a deletion hides, once its hint has begun.
    hidden: list[Inline] | None = None
    hint_mark: str = ""


class InlineReader:
    """Reads the words of blocks."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def read(self, parent: Token) -> tuple[Inline, ...]:
        """The words of a token of the type `inline`."""
        return _Line(parent, self._places).read()


class _Line:
    """The words of one block while they are read."""

    def __init__(self, parent: Token, places: Places) -> None:
        self._parent = parent
        self._places = places
        self._place = places.of_line(parent, 0)
        self._open = [_Open("", parent, self._place)]

    def read(self) -> tuple[Inline, ...]:
        for token in self._parent.children or ():
            self._read(token)
        while len(self._open) > 1:
            self._dissolve()
        return tuple(self._open[0].children)

    def _read(self, token: Token) -> None:
        kind, _, end = token.type.rpartition("_")
        if token.nesting == 1:
            self._begin(kind, token)
        elif token.nesting == -1:
            self._end(kind, token)
        elif kind == "cloze":
            self._cloze(end, token)
        elif token.type == "html_inline":
            self._html(token)
        else:
            self._leaf(token)

    def _leaf(self, token: Token) -> None:
        match token.type:
            case "text":
                self._add_text(token.content)
            case "softbreak" | "hardbreak":
                kind = SoftBreak if token.type == "softbreak" else LineBreak
                self._add(kind(place=self._place))
                row = self._parent.content.count("\n", 0, token.meta["offset"]) + 1
                self._place = self._places.of_line(self._parent, row)
            case "code_inline":
                attributes = attributes_of(token)
                self._add(Code(token.content, attributes=attributes, place=self._place))
            case "math_inline" | "math_inline_double":
                display = token.type == "math_inline_double"
                self._add(InlineFormula(token.content.strip(), display, place=self._at(token)))
            case "citation":
                self._add(Citation(tuple(token.meta["keys"]), place=self._at(token)))
            case "footnote_ref":
                self._add(FootnoteReference(token.meta["label"], place=self._at(token)))
            case "image":
                self._add(self._image(token))
            case _:
                raise ValueError(f"markdown-it made a token that is not known: {token.type}")

    def _at(self, token: Token) -> Place:
        return self._places.of_part(self._parent, token)

    def _add(self, node: Inline) -> None:
        self._open[-1].children.append(node)

    def _add_text(self, text: str) -> None:
        if not text:
            return
        children = self._open[-1].children
        if children and isinstance(children[-1], Str):
            children[-1] = replace(children[-1], text=children[-1].text + text)
        else:
            children.append(Str(text, place=self._place))

    def _image(self, token: Token) -> Image:
        place, title = self._at(token), str(token.attrs.get("title") or "")
        caption: tuple[Inline, ...] = ()
        if title:
            (inline,) = parser().parseInline(title)
            caption = InlineReader(OnePlace(place)).read(inline)
        alt = plain(InlineReader(OnePlace(place)).read(token))
        attributes = attributes_of(token, "src", "alt", "title")
        return Image(str(token.attrs["src"]), alt, caption, attributes=attributes, place=place)

    # What has a beginning and an end

    def _begin(self, kind: str, token: Token) -> None:
        bare = kind in _BARE or kind in _ELEMENTS
        self._open.append(_Open(kind, token, self._place if bare else self._at(token)))

    def _end(self, kind: str, token: Token) -> None:
        """The end of a part; a deletion or an element that reaches beyond it is none."""
        while self._open[-1].kind != kind:
            self._dissolve()
        self._close()

    def _close(self) -> None:
        part = self._open.pop()
        children = tuple(part.children)
        token, place = part.token, part.place
        if part.kind == "cloze":
            hidden = children if part.hidden is None else tuple(part.hidden)
            hint = None if part.hidden is None else children
            self._add(Cloze(token.meta["number"], hidden, hint, place=place))
        elif part.kind == "link":
            title = str(token.attrs.get("title") or "")
            attributes = attributes_of(token, "href", "title")
            target = str(token.attrs.get("href", ""))
            self._add(Link(children, target, title, attributes=attributes, place=place))
        elif part.kind in ("term", "number"):
            self._add(Span(children, _mark_of(part), place=place))
        else:
            kinds = _BARE | _ELEMENTS
            self._add(cast(Inline, kinds[part.kind](children, place=place)))

    def _dissolve(self) -> None:
        """Take the innermost part as what was written, since it has no end here."""
        part = self._open.pop()
        if part.kind in _ELEMENTS:
            self._add(HtmlInline(part.token.content, place=part.place))
        else:
            self._add(StrayMark(part.token.content, place=part.place))
        if part.hidden is not None:
            self._add_all(part.hidden)
            self._add(StrayMark(part.hint_mark, place=part.place))
        self._add_all(part.children)

    def _add_all(self, nodes: Iterable[Inline]) -> None:
        for node in nodes:
            if isinstance(node, Str):
                self._add_text(node.text)
            else:
                self._add(node)

    def _cloze(self, mark: str, token: Token) -> None:
        part = self._open[-1]
        if mark == "open":
            self._open.append(_Open("cloze", token, self._at(token)))
        elif part.kind != "cloze":
            self._add(StrayMark(token.content, place=self._at(token)))
        elif mark == "hint":
            part.hidden, part.children, part.hint_mark = part.children, [], token.content
        else:
            self._close()

    def _html(self, token: Token) -> None:
        found = _TAG.fullmatch(token.content)
        name = found[2].lower() if found else ""
        if found and not found[1]:
            self._open.append(_Open(name, token, self._at(token)))
        elif found and self._open[-1].kind == name:
            self._close()
        else:
            kind = HtmlInline if is_known_tag(token.content) else UnknownTag
            self._add(kind(token.content, place=self._at(token)))


def _mark_of(part: _Open) -> Attributes:
    return (("class", "term"),) if part.kind == "term" else (("from", part.token.meta["from"]),)
