"""What stands for a whole answer where there is little room."""

from __future__ import annotations

from dlexport.formulas import formula_of
from dlexport.model import Question


def key_point(question: Question) -> dict[str, object]:
    """The block of the answer that a sheet shows beside the short answer.

    `formula` is the first display formula, or the first one below an attribute
    line `{.key}`; `figure` is the paragraph of the first figure. Each is a
    tuple of tokens, empty where the answer has none.
    """
    tokens = question.answer.tokens
    formulas = [t for t in tokens if t.block and formula_of(t)]
    marked = [t for t in formulas if "key" in str(t.attrs.get("class", "")).split()]
    figures = [
        tokens[i - 1 : i + 2]
        for i, t in enumerate(tokens)
        if t.type == "inline" and [c.type for c in t.children or []] == ["image"]
    ]
    return {"formula": (marked or formulas)[:1], "figure": figures[0] if figures else ()}
