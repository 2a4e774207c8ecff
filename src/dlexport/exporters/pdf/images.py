"""Formulas and figures as images that write their own PDF operators.

WeasyPrint takes some 20 ms to draw a formula's SVG and 200 ms for a figure's,
most of a book's time. What MathJax and matplotlib draw is translated once into
PDF operators and handed to WeasyPrint as ready images, in its cache of images.
That an image has `get_intrinsic_size` and `draw` is WeasyPrint's own, half
internal protocol; its version is pinned for that reason. A drawing that holds
anything else stays an SVG.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, Protocol

from dlexport.exporters.pdf.operators import Operators, translate
from dlexport.exporters.pdf.outlines import UntranslatableError

_EX_IN_EM = 2.0  # what WeasyPrint takes for an SVG's ex
# CSS pixels in a unit (CSS Values and Units 3, section 6.2).
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54,
           "mm": 96 / 25.4}  # fmt: skip
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)")


def address(svg: str) -> str:
    """The address below the base under which a document finds a formula's drawing."""
    return f"formula/{sha256(svg.encode()).hexdigest()[:24]}"


class DrawnImage(Protocol):
    """What WeasyPrint wants of its images."""

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[float, float, float | None]:
        """Width and height in CSS pixels and their ratio, for letters of that size."""

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Write the operators into a page's stream, in a box of that size."""


class FormulaImage:
    """A formula's drawing, in the colour of the text around."""

    def __init__(self, svg: str) -> None:
        """Take MathJax's SVG. Raise ValueError for one that has to stay an SVG."""
        self._drawing = _operators(svg, "currentColor")
        self._size = [
            float(size.removesuffix("ex")) for size in (self._drawing.width, self._drawing.height)
        ]

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[float, float, float | None]:
        """As `DrawnImage` says."""
        ex = font_size / _EX_IN_EM
        width, height = self._size[0] * ex, self._size[1] * ex
        return width, height, width / height if height else None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """As `DrawnImage` says."""
        if width and height:
            _draw(self._drawing, stream, width, height, style["color"])


class PictureImage:
    """A picture that is an SVG, in its own colours and cut off at its edges."""

    def __init__(self, svg: bytes) -> None:
        """Take any SVG. Raise ValueError for one that has to stay an SVG."""
        self._drawing = _operators(svg.decode(), "black")
        self._size = [_pixels(size) for size in (self._drawing.width, self._drawing.height)]

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[float, float, float | None]:
        """As `DrawnImage` says."""
        width, height = self._size
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """As `DrawnImage` says."""
        if width and height:
            _draw(self._drawing, stream, width, height)


def _operators(svg: str, colour: str) -> Operators:
    try:
        return translate(svg, colour)
    except UntranslatableError as error:
        raise ValueError(f"the drawing cannot be translated: {error}") from error


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length.strip())
    if not found or found[2] not in _PIXELS or not float(found[1]):
        raise ValueError(f"the length {length} depends on what is around")
    return float(found[1]) * _PIXELS[found[2]]


def _draw(drawing: Operators, stream: Any, width: float, height: float, colour: Any = None) -> None:
    """Write a drawing as large as fits into the box, in its middle.

    Without a colour it is a picture: black to begin with, and cut off at its edges.
    """
    x, y, box_width, box_height = drawing.box
    scale = min(width / box_width, height / box_height)
    left = (width - box_width * scale) / 2 - x * scale
    top = (height - box_height * scale) / 2 - y * scale
    stream.push_state()
    for stroke in (False, True):
        for alpha in drawing.alphas:
            stream.set_alpha(alpha, stroke)  # makes it known to the page
        if colour is None:
            stream.set_alpha(1, stroke)
            stream.set_color_rgb(0, 0, 0, stroke)
        else:
            stream.set_color(colour, stroke)
    stream.transform(scale, 0, 0, scale, left, top)
    if colour is None:
        stream.rectangle(*drawing.box)
        stream.clip()
        stream.end()
    stream.stream.append(drawing.data)
    stream.pop_state()
