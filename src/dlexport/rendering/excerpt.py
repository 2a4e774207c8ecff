"""What stands for a whole answer where there is little room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from dlexport.model import Collection, Question
from dlexport.reading.pictures import picture_path
from dlexport.rendering.formulas import formula_of

# Higher figures would have to shrink until nobody can read them.
_HIGHEST = 0.85  # of their width


def key_point(collection: Collection, question: Question) -> dict[str, Sequence[Token]]:
    """The blocks of the answer that a sheet shows beside the short answer.

    `formulas` are the display formulas below attribute lines `{.key}`, or the first
    display formula where none is marked; `figure` is the paragraph of the first figure
    that is wider than high. Each is a sequence of tokens, empty where the answer has none.
    """
    tokens = question.answer.tokens
    formulas = [t for t in tokens if t.block and formula_of(t)]
    marked = [t for t in formulas if is_marked_as_key(t)]
    figures = [
        tokens[i - 1 : i + 2]
        for i, t in enumerate(tokens)
        if t.type == "inline" and _is_wide_picture(collection, question, t)
    ]
    return {
        "formulas": [_alone(t) for t in marked or formulas[:1]],
        "figure": figures[0] if figures else (),
    }


def is_marked_as_key(token: Token) -> bool:
    """Whether an attribute line `{.key}` stands above a block."""
    return "key" in str(token.attrs.get("class", "")).split()


def _alone(formula: Token) -> Token:
    """The formula without the mark that ends its part of a sentence; spaces (`\\,`) stay."""
    return formula.copy(content=re.sub(r"(?<!\\)[,.;]\s*$", "", formula.content))


def _is_wide_picture(collection: Collection, question: Question, token: Token) -> bool:
    children = token.children or []
    if [c.type for c in children] != ["image"]:
        return False
    path = picture_path(str(children[0].attrs["src"]), question.path)
    picture = collection.pictures[path] if path else None
    return picture is not None and picture.height <= _HIGHEST * picture.width
