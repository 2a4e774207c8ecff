"""Formulas as images that write their own PDF operators.

WeasyPrint takes some 20 ms to draw an inline SVG, most of a book's time. What
MathJax draws is filled outlines, rules and a few lines: they are translated
once into PDF operators and handed to WeasyPrint as ready images, in its cache
of images. That an image has `get_intrinsic_size` and `draw` is WeasyPrint's
own, half internal protocol; its version is pinned for that reason. A drawing
that holds anything else stays an inline SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from PIL import ImageColor

_SVG = "{http://www.w3.org/2000/svg}"
_TRANSFORM = re.compile(r"(translate|scale|matrix)\(([^)]*)\)")
_NUMBERS = re.compile(r"-?[\d.]+(?:e-?\d+)?")
_EX_IN_EM = 2.0  # what WeasyPrint takes for an SVG's ex
_HANDLED = {"d", "transform", "fill", "stroke", "stroke-width", "x", "y", "width", "height",
            "x1", "y1", "x2", "y2", "points", "viewBox", "accent", "accentunder"}  # fmt: skip
_Matrix = tuple[float, float, float, float, float, float]


class _UntranslatableError(Exception):
    """The drawing holds what these operators cannot say."""


def address(svg: str) -> str:
    """The address below the base under which a document finds the drawing."""
    return f"formula/{sha256(svg.encode()).hexdigest()[:24]}"


class FormulaImage:
    """A formula's drawing, in the way WeasyPrint wants its images."""

    def __init__(self, svg: str) -> None:
        """Take MathJax's SVG. Raise ValueError for one that has to stay an SVG."""
        self._size, self._operators = _translated(svg)

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[float, float, float | None]:
        """Width and height in CSS pixels and their ratio, for letters of that size."""
        ex = font_size / _EX_IN_EM
        width, height = self._size[0] * ex, self._size[1] * ex
        return width, height, width / height if height else None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Write the operators into a page's stream, in the colour of the text around."""
        if not (width and height):
            return
        colour = style["color"]
        box = self._size[2:]
        stream.push_state()
        stream.set_color(colour)
        stream.set_color(colour, stroke=True)
        sx, sy = width / box[2], height / box[3]
        stream.transform(sx, 0, 0, sy, -box[0] * sx, -box[1] * sy)
        stream.stream.append(self._operators)
        stream.pop_state()


@cache
def _translated(svg: str) -> tuple[tuple[float, ...], bytes]:
    """Width and height in ex and the four numbers of the view box, and the operators."""
    root = ElementTree.fromstring(svg)
    try:
        size = [float(root.get(name, "").removesuffix("ex")) for name in ("width", "height")]
        box = [float(n) for n in root.get("viewBox", "").split()]
        if len(box) != 4:
            raise _UntranslatableError("no view box")
        operators = b"\n".join(_children(root))
    except (_UntranslatableError, ValueError) as error:
        raise ValueError(f"the drawing cannot be translated: {error}") from error
    return (*size, *box), operators


def _children(element: Element) -> Iterator[bytes]:
    for child in element:
        if child.tag != f"{_SVG}title":
            yield from _drawn(child)


def _drawn(element: Element) -> Iterator[bytes]:
    name = element.tag.removeprefix(_SVG)
    if set(element.attrib) - _HANDLED:
        raise _UntranslatableError(f"{name} has {sorted(set(element.attrib) - _HANDLED)}")
    yield b"q"
    yield from _painting(element)
    for matrix in _matrices(element.get("transform", "")):
        yield _joined(*matrix, "cm")
    if name == "g":
        if element.get("fill") == "none" or float(element.get("stroke-width", "0")) > 0:
            raise _UntranslatableError("strokes for a whole group")
        yield from _children(element)
    elif name == "svg":
        yield from _nested(element)
    else:
        yield from _shape(name, element)
    yield b"Q"


def _nested(element: Element) -> Iterator[bytes]:
    """An SVG in the SVG: moved, scaled to its box and cut off there."""
    x, y, width, height = _values(element, "x", "y", "width", "height")
    box = [float(n) for n in element.get("viewBox", "").split()]
    if len(box) != 4 or not (box[2] and box[3]):
        raise _UntranslatableError("an inner svg without a view box")
    # preserveAspectRatio's default: as large as fits, in the middle.
    scale = min(width / box[2], height / box[3])
    yield _joined(x, y, width, height, "re W n")
    left = x + (width - box[2] * scale) / 2 - box[0] * scale
    top = y + (height - box[3] * scale) / 2 - box[1] * scale
    yield _joined(scale, 0, 0, scale, left, top, "cm")
    yield from _children(element)


def _shape(name: str, element: Element) -> Iterator[bytes]:
    if name == "path":
        yield _outline(element.get("d", ""))
    elif name == "rect":
        yield _joined(*_values(element, "x", "y", "width", "height"), "re")
    elif name == "line":
        x1, y1, x2, y2 = _values(element, "x1", "y1", "x2", "y2")
        yield _joined(x1, y1, "m") + b" " + _joined(x2, y2, "l")
    elif name == "polygon":
        numbers = [float(n) for n in _NUMBERS.findall(element.get("points", ""))]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield _joined(*points[0], "m")
        yield from (_joined(*point, "l") for point in points[1:])
        yield b"h"
    else:
        raise _UntranslatableError(f"a {name}")
    yield _paint(name, element)


def _painting(element: Element) -> Iterator[bytes]:
    """Operators for the colours and the width of lines that an element sets."""
    for attribute, operator in (("fill", "rg"), ("stroke", "RG")):
        value = element.get(attribute, "currentColor")
        if value in ("currentColor", "none"):
            continue
        red, green, blue, *alpha = ImageColor.getrgb(value)
        if alpha not in ([], [255]):
            raise _UntranslatableError(f"the colour {value}")
        yield _joined(red / 255, green / 255, blue / 255, operator)
    width = element.get("stroke-width")
    if width and float(width):
        yield _joined(float(width), "w")


def _paint(name: str, element: Element) -> bytes:
    """The operator that paints an outline: lines are stroked, the rest filled.

    MathJax draws letters and rules without strokes, and gives a width to the
    strokes that it wants.
    """
    stroked = float(element.get("stroke-width", "0") or 0) > 0 and element.get("stroke") != "none"
    filled = element.get("fill") != "none" and name != "line"
    return {(True, True): b"B", (True, False): b"S", (False, True): b"f"}.get(
        (stroked, filled), b"n"
    )


@cache
def _outline(d: str) -> bytes:
    """A path's operators; quadratic curves become the cubic ones that PDF has."""
    pen = DecomposingRecordingPen({})
    parse_path(d, pen)
    parts: list[bytes] = []
    at = (0.0, 0.0)
    for operation, points in pen.value:
        if operation == "qCurveTo":
            (cx, cy), (x, y) = points
            (ax, ay) = at
            first = (ax + (cx - ax) * 2 / 3, ay + (cy - ay) * 2 / 3)
            second = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
            parts.append(_joined(*first, *second, x, y, "c"))
        elif operation == "curveTo":
            parts.append(_joined(*(n for point in points for n in point), "c"))
        elif operation in ("moveTo", "lineTo"):
            parts.append(_joined(*points[0], "m" if operation == "moveTo" else "l"))
        elif operation == "closePath":
            parts.append(b"h")
        if points:
            at = points[-1]
    return b" ".join(parts)


def _matrices(text: str) -> Iterator[_Matrix]:
    if _TRANSFORM.sub("", text).strip(" ,"):
        raise _UntranslatableError(f"the transformation {text}")
    for kind, arguments in _TRANSFORM.findall(text):
        numbers = [float(n) for n in _NUMBERS.findall(arguments)]
        if kind == "matrix":
            a, b, c, d, e, f = numbers
            yield a, b, c, d, e, f
        elif kind == "translate":
            yield 1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0
        else:
            yield numbers[0], 0, 0, numbers[-1], 0, 0


def _values(element: Element, *names: str) -> tuple[float, ...]:
    return tuple(float(element.get(name, "0")) for name in names)


def _joined(*parts: float | str) -> bytes:
    return " ".join(p if isinstance(p, str) else _number(p) for p in parts).encode()


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
