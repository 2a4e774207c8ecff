"""The nodes that a document is made of, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlexport.document.inlines import Image, Inline
from dlexport.document.node import Attributed, Node

Alignment = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class _Lines(Attributed):
    """A block that holds words."""

    children: tuple[Inline, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class Paragraph(_Lines):
    """A paragraph with room around it."""


@dataclass(frozen=True, slots=True)
class Plain(_Lines):
    """Words that are no paragraph: those of an item of a tight list, or of a front."""


@dataclass(frozen=True, slots=True)
class Heading(_Lines):
    """A heading; `id` is the name by which links know it, empty where none can."""

    level: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Blocks(Attributed):
    """A block that holds blocks."""

    children: tuple[Block, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class BlockQuote(_Blocks):
    """Words of somebody else."""


@dataclass(frozen=True, slots=True)
class Callout(_Blocks):
    """A note, tip or warning beside the text, by GitHub's kinds."""

    kind: str


@dataclass(frozen=True, slots=True)
class ListItem(_Blocks):
    """An item. `done` is set for a task; `number` where it is not the next one."""

    done: bool | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class BulletList(Attributed):
    """Items in no order."""

    items: tuple[ListItem, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class OrderedList(Attributed):
    """Items with numbers from `start`, or with capital letters."""

    items: tuple[ListItem, ...]
    start: int = 1
    has_letters: bool = False

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class DefinitionTerm(_Lines):
    """What a definition defines."""


@dataclass(frozen=True, slots=True)
class Definition(_Blocks):
    """What the term before it means."""


@dataclass(frozen=True, slots=True)
class DefinitionList(Attributed):
    """Terms, each with its definitions."""

    items: tuple[DefinitionTerm | Definition, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Cell(_Lines):
    """A cell of a table."""


@dataclass(frozen=True, slots=True)
class Row(Node):
    """A row of a table."""

    cells: tuple[Cell, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.cells


@dataclass(frozen=True, slots=True)
class Table(Attributed):
    """A table; `alignments` has one entry for each column."""

    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return (self.header, *self.rows)


@dataclass(frozen=True, slots=True)
class CodeBlock(Attributed):
    """A listing. `flags` are the words behind the language: `numbered`, `run`."""

    code: str
    language: str = ""
    flags: tuple[str, ...] = ()

    @property
    def is_run(self) -> bool:
        """Whether this is a program that the check runs: ```` ```python run ````."""
        return self.language == "python" and self.flags[:1] == ("run",)

    @property
    def is_output(self) -> bool:
        """Whether this is what the program above it printed."""
        return self.language == "output"


@dataclass(frozen=True, slots=True)
class FormulaBlock(Attributed):
    """A formula in LaTeX that stands alone; its place is where the LaTeX begins."""

    tex: str


@dataclass(frozen=True, slots=True)
class Figure(Attributed):
    """A picture that stands alone, with its caption below it."""

    picture: Image

    @property
    def inside(self) -> tuple[Node, ...]:
        return (self.picture,)


@dataclass(frozen=True, slots=True)
class HtmlBlock(Node):
    """HTML as it was written."""

    html: str


@dataclass(frozen=True, slots=True)
class ThematicBreak(Attributed):
    """A line across, between two thoughts."""


@dataclass(frozen=True, slots=True)
class Footnote(_Blocks):
    """A note below the text, which a mark in it refers to."""

    label: str


Block = (
    Paragraph
    | Plain
    | Heading
    | BlockQuote
    | Callout
    | BulletList
    | OrderedList
    | DefinitionList
    | Table
    | CodeBlock
    | FormulaBlock
    | Figure
    | HtmlBlock
    | ThematicBreak
)
# The blocks and parts of blocks that hold words.
Lines = Paragraph | Plain | Heading | DefinitionTerm | Cell
