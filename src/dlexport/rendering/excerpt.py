"""What stands for a whole answer where there is little room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dlexport.document import Attributed, Block, Figure, FormulaBlock, Node, walk
from dlexport.model import Collection, Question
from dlexport.reading.pictures import picture_path

# Higher figures would have to shrink until nobody can read them.
_HIGHEST = 0.85  # of their width


def key_point(collection: Collection, question: Question) -> dict[str, Sequence[Block]]:
    """The blocks of the answer that a sheet shows beside the short answer.

    `formulas` are the display formulas below attribute lines `{.key}`, or the first
    display formula where none is marked; `figure` is the paragraph of the first figure
    that is wider than high. Each is a sequence of tokens, empty where the answer has none.
    """
    blocks = list(walk(question.answer.blocks))
    formulas = [b for b in blocks if isinstance(b, FormulaBlock)]
    marked = [b for b in formulas if is_marked_as_key(b)]
    figures = [b for b in blocks if isinstance(b, Figure) and _is_wide(collection, question, b)]
    return {"formulas": [_alone(f) for f in marked or formulas[:1]], "figure": figures[:1]}


def is_marked_as_key(node: Node) -> bool:
    """Whether an attribute line `{.key}` stands above a block."""
    return isinstance(node, Attributed) and "key" in node.classes


def _alone(formula: FormulaBlock) -> FormulaBlock:
    """The formula without the mark that ends its part of a sentence; spaces (`\\,`) stay."""
    return replace(formula, tex=re.sub(r"(?<!\\)[,.;]\s*$", "", formula.tex))


def _is_wide(collection: Collection, question: Question, figure: Figure) -> bool:
    path = picture_path(figure.picture.source, question.path)
    picture = collection.pictures[path] if path else None
    return picture is not None and picture.height <= _HIGHEST * picture.width
