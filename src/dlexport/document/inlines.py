"""The nodes that lines of running text are made of."""

from __future__ import annotations

from dataclasses import dataclass

from dlexport.document.node import Attributed, Node


@dataclass(frozen=True, slots=True)
class Str(Node):
    """Characters as they are read; neighbours are one node."""

    text: str


@dataclass(frozen=True, slots=True)
class SoftBreak(Node):
    """The end of a line in the file, which readers see as a blank."""


@dataclass(frozen=True, slots=True)
class LineBreak(Node):
    """The end of a line that readers see."""


@dataclass(frozen=True, slots=True)
class Code(Attributed):
    """Code in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class InlineFormula(Node):
    """A formula in LaTeX within a line; `display` ones are set as if they stood alone."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class HtmlInline(Node):
    """One tag that outputs take, or a comment, as it was written."""

    html: str


@dataclass(frozen=True, slots=True)
class UnknownTag(Node):
    """A tag that no output takes, such as `<mask>`: readers see its characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Citation(Node):
    """References to the bibliography, by their keys: `[@one; @two]`."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FootnoteReference(Node):
    """The mark of a footnote."""

    label: str


@dataclass(frozen=True, slots=True)
class StrayMark(Node):
    """A mark of a cloze deletion without its counterpart in the same words."""

    text: str


@dataclass(frozen=True, slots=True)
class _Words(Node):
    """A node that holds words."""

    children: tuple[Inline, ...]

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class Emphasis(_Words):
    """Words with stress."""


@dataclass(frozen=True, slots=True)
class Strong(_Words):
    """Words of weight."""


@dataclass(frozen=True, slots=True)
class Strikethrough(_Words):
    """Words that no longer hold."""


@dataclass(frozen=True, slots=True)
class Subscript(_Words):
    """Words below the line."""


@dataclass(frozen=True, slots=True)
class Superscript(_Words):
    """Words above the line."""


@dataclass(frozen=True, slots=True)
class Mark(_Words):
    """Words with a marker's colour behind them."""


@dataclass(frozen=True, slots=True)
class Blank(_Words):
    """The gap that a deletion leaves, with its hint."""


@dataclass(frozen=True, slots=True)
class Span(_Words):
    """Words with attributes: a term for the index, or a number that was measured."""

    attributes: tuple[tuple[str, str], ...]

    @property
    def is_term(self) -> bool:
        """Whether the index lists the words."""
        return ("class", "term") in self.attributes

    @property
    def source(self) -> str:
        """The address of the measured value; empty where there is none."""
        return dict(self.attributes).get("from", "")


@dataclass(frozen=True, slots=True)
class Link(Attributed):
    """Words that lead to an address: of a question, of a heading in it, or out."""

    children: tuple[Inline, ...]
    target: str
    title: str = ""

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class Image(Attributed):
    """A picture: its file's address, what it shows in words, its caption."""

    source: str
    alt: str
    caption: tuple[Inline, ...] = ()

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.caption


@dataclass(frozen=True, slots=True)
class Cloze(Node):
    """A deletion: its number, what it hides, and a hint that stands in its place."""

    number: int
    children: tuple[Inline, ...]
    hint: tuple[Inline, ...] | None = None

    @property
    def inside(self) -> tuple[Node, ...]:
        return self.children + (self.hint or ())


Inline = (
    Str
    | SoftBreak
    | LineBreak
    | Code
    | InlineFormula
    | HtmlInline
    | UnknownTag
    | Citation
    | FootnoteReference
    | StrayMark
    | Emphasis
    | Strong
    | Strikethrough
    | Subscript
    | Superscript
    | Mark
    | Blank
    | Span
    | Link
    | Image
    | Cloze
)
