"""Our Markdown, read into a document. The library that parses it is used here alone."""

from __future__ import annotations

from dataclasses import dataclass

from dlexport.document import Block, Footnote, Inline
from dlexport.problems import Place, Problems
from dlexport.reading.markdown import losses
from dlexport.reading.markdown.attributes import parse_attributes
from dlexport.reading.markdown.blocks import BlockReader
from dlexport.reading.markdown.inlines import InlineReader
from dlexport.reading.markdown.parser import MAX_NESTING, parser
from dlexport.reading.markdown.places import FilePlaces, OnePlace
from dlexport.reading.source import Source

__all__ = ["Parsed", "parse", "parse_attributes", "parse_inline"]

# A container opens up to three levels at once (list, item, paragraph).
_DEEPEST = MAX_NESTING - 3


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks of a file, without comments, and its footnotes."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]


def parse(source: Source, body: str, problems: Problems) -> Parsed:
    """Read a file's Markdown; `body` is its text with the front matter blanked out."""
    tokens = parser().parse(body)
    for token in tokens:
        if token.level >= _DEEPEST and token.map:
            problems.add(
                "too-deep",
                source.place(token.map[0] + 1),
                f"lists and quotes nest more than {_DEEPEST // 2} levels deep",
                "indent less",
            )
            break
    losses.report_tokens(source, tokens, problems)
    reader = BlockReader(tokens, FilePlaces(source))
    blocks, footnotes = reader.blocks(), tuple(reader.footnotes.values())
    losses.report_notes(source, blocks, footnotes, problems)
    return Parsed(blocks, footnotes)


def parse_inline(text: str, place: Place) -> tuple[Inline, ...]:
    """Read one line of Markdown from outside a Markdown body; messages point at `place`."""
    (token,) = parser().parseInline(text)
    return InlineReader(OnePlace(place)).read(token)
