"""A text reduced to what a reader gets from it, so that only real changes count.

How lines are wrapped, which of two spellings of Markdown was used, in which
file a picture or a question lies and how macros of formulas are called makes no
difference. The result depends on the text alone, never on a template or on how an
output is rendered: a new version of dlexport finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.math import Formula, FormulaError, expand_macros
from dlexport.model import Collection, Question
from dlexport.reading.links import linked_file, linked_id
from dlexport.reading.pictures import picture_path
from dlexport.reading.spans import MARKS
from dlexport.rendering.formulas import formula_of

_COMMENT = re.compile(r"<!--.*?-->", re.S)
# Ids are not to be seen, addresses and titles have a form of their own.
_UNSEEN = ("id", "href", "src", "alt", "title")


def digest(parts: Iterable[str]) -> str:
    """A short hash; empty where there is nothing to hash."""
    text = "\n".join(parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


class CanonicalForm:
    """What the texts of one question say."""

    def __init__(self, collection: Collection, question: Question) -> None:
        self._collection = collection
        self._question = question

    def of(self, text: Text | None, *, without: Callable[[Token], bool] | None = None) -> list[str]:
        """A line for each block, those of its footnotes last.

        `without` says which tokens to leave out; paragraphs that are empty then are no blocks.
        """
        if not text:
            return []
        labels = [t.meta["label"] for t in text.everything if t.type == "footnote_ref"]
        notes = {label: i for i, label in enumerate(dict.fromkeys(labels), 1)}
        lines = list(self._blocks(text.tokens, notes, without))
        for label, number in notes.items():
            lines.append(f"note {number}")
            lines += self._blocks(text.footnotes.get(label, ()), notes, without)
        return lines

    def only(self, text: Text, wanted: Callable[[Token], bool]) -> list[str]:
        """A line for each of the text's tokens that are wanted."""
        return [self._leaf(token, {}) for token in text.everything if wanted(token)]

    def _blocks(
        self,
        tokens: Sequence[Token],
        notes: dict[str, int],
        without: Callable[[Token], bool] | None,
    ) -> Iterator[str]:
        opened = ""  # a block whose beginning counts only if something follows in it
        for token in tokens:
            if without and without(token):
                continue
            if token.type == "paragraph_open":
                opened = _mark(token)
            elif token.type == "paragraph_close":
                opened = ""
            else:
                line = _mark(token) if token.nesting else self._line(token, notes, without)
                if line:
                    yield from (found for found in (opened, line) if found)
                    opened = ""

    def _line(
        self, token: Token, notes: dict[str, int], without: Callable[[Token], bool] | None
    ) -> str:
        if token.type != "inline":
            return self._leaf(token, notes)
        words = "".join(
            self._leaf(child, notes)
            for child in token.children or ()
            if not (without and without(child))
        )
        return " ".join(words.split())

    def _leaf(self, token: Token, notes: dict[str, int]) -> str:
        formula = formula_of(token)
        if formula:
            return self._formula(formula)
        match token.type:
            case "softbreak":
                return " "
            case mark if mark in MARKS:
                return ""
            case "hardbreak":
                return "<br>"
            case "code_inline":
                return f"`{token.content}`"
            case "fence" | "code_block":
                shown = [word for word in token.info.split() if word != "run"]
                return f"code {' '.join(shown)}\n{token.content.rstrip()}"
            case "html_inline" | "html_block":
                return _COMMENT.sub("", token.content)
            case "image":
                return self._picture(token)
            case "citation":
                return f"[@{'; @'.join(token.meta['keys'])}]"
            case "footnote_ref":
                return f"[^{notes.get(token.meta['label'], '')}]"
            case "link_open":
                return f"<a {self._address(str(token.attrs.get('href', '')))}>"
        return _mark(token) if token.nesting else token.content

    def _formula(self, formula: Formula) -> str:
        macros = self._collection.metadata.macros
        try:
            tex = expand_macros(formula.tex, macros) if macros else formula.tex
        except (FormulaError, ValueError):  # the check has reported it
            tex = formula.tex
        around = "$$" if formula.display else "$"
        return around + " ".join(tex.split()) + around

    def _picture(self, token: Token) -> str:
        path = picture_path(str(token.attrs["src"]), self._question.path)
        picture = self._collection.pictures.get(path) if path else None
        data = sha256(picture.data).hexdigest() if picture else ""
        caption = "".join(self._leaf(child, {}) for child in token.meta.get("caption", ()))
        return f"picture {data} {_mark(token)} {' '.join(token.content.split())} | {caption}"

    def _address(self, href: str) -> str:
        path = linked_file(href, self._question)
        other = self._collection.by_path.get(path) if path else None
        name = linked_id(href)
        return f"question {other.id}" + (f" #{name}" if name else "") if other else href


def _mark(token: Token) -> str:
    """A token's tag with what can be seen of its attributes: `<th style=text-align:left>`."""
    if token.nesting == -1:
        return f"</{token.tag or token.type}>"
    seen = [f"{k}={v}" for k, v in sorted(token.attrs.items()) if k not in _UNSEEN]
    meta = [f"{k}={v}" for k, v in sorted(token.meta.items()) if k in ("checked", "number")]
    return f"<{' '.join([token.tag or token.type, *seen, *meta])}>"
