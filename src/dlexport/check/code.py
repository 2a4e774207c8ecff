"""Code blocks: outputs where they belong, languages that are known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from dlexport.document import Block, CodeBlock, Text
from dlexport.model import Collection
from dlexport.problems import Problem
from dlexport.rendering.highlight import is_known_language


def outputs(collection: Collection) -> Iterator[Problem]:
    """Code that is run without its output, and output without its code."""
    for question in collection.questions:
        for text in question.texts:
            yield from _outputs(text)


def _outputs(text: Text) -> Iterator[Problem]:
    for before, block in pairwise((None, *text.blocks, None)):
        if _is_run(before) and not _is_output(block):
            yield Problem(
                before.place,
                "missing-output",
                "the code is run, but its output does not follow",
                "put what it prints into an `output` block right below",
            )
        if _is_output(block) and not _is_run(before):
            yield Problem(
                block.place,
                "stray-output",
                "no code that is run stands right above",
                "mark the code above as `python run`",
            )


def _is_run(block: Block | None) -> TypeGuard[CodeBlock]:
    return isinstance(block, CodeBlock) and block.is_run


def _is_output(block: Block | None) -> TypeGuard[CodeBlock]:
    return isinstance(block, CodeBlock) and block.is_output


def languages(collection: Collection) -> Iterator[Problem]:
    """A fence in a language that is not highlighted."""
    for question in collection.questions:
        for block in question.every(CodeBlock):
            if block.language and not is_known_language(block.language):
                yield Problem(
                    block.place,
                    "unknown-language",
                    f"“{block.language}” is not highlighted",
                    "use `text` for plain text",
                )
