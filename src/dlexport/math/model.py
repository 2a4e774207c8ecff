"""What goes into the math engine and what comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Characters that no XML has: https://www.w3.org/TR/xml/#charsets
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in LaTeX, without the dollar signs around it."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as an SVG element whose size follows the x-height of the text around it.

    Lengths are multiples of that x-height (the CSS unit ex). `depth_ex` is how far the
    drawing reaches below the baseline; the element says so itself in its style. `words`
    are the formula as spoken, the element's title. `tag` is the text of the formula's
    \\tag with its brackets, which the SVG does not show.
    """

    svg: str
    words: str
    width_ex: float
    height_ex: float
    depth_ex: float
    tag: str | None = None


class FormulaError(Exception):
    """What is wrong with a formula.

    `message` is for the author; `position` is the place in the formula's source, counted
    in characters from 0, or None where it is not known.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormulaError) and self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)
