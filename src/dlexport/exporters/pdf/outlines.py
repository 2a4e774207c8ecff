"""Outlines and transformations of an SVG as PDF operators (PDF 32000-1:2008, 8.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import cos, radians, sin
from xml.etree.ElementTree import Element

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path

_TRANSFORM = re.compile(r"(translate|scale|rotate|matrix)\(([^)]*)\)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
Matrix = tuple[float, float, float, float, float, float]


class UntranslatableError(Exception):
    """The drawing holds what these operators cannot say; the message says what."""


def shape(name: str, element: Element) -> bytes:
    """An outline's operators."""
    if name == "path":
        return _outline(element.get("d", ""))
    if name == "rect":
        return joined(*values(element, "x", "y", "width", "height"), "re")
    if name == "line":
        x1, y1, x2, y2 = values(element, "x1", "y1", "x2", "y2")
        return joined(x1, y1, "m") + b" " + joined(x2, y2, "l")
    if name in ("polygon", "polyline"):
        numbers = floats(element.get("points", ""))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        lines = [joined(*point, "l") for point in points[1:]]
        end = [b"h"] if name == "polygon" else []
        return b" ".join([joined(*points[0], "m"), *lines, *end])
    raise UntranslatableError(f"a {name}")


@lru_cache(maxsize=4096)
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
            parts.append(joined(*first, *second, x, y, "c"))
        elif operation == "curveTo":
            parts.append(joined(*(n for point in points for n in point), "c"))
        elif operation in ("moveTo", "lineTo"):
            parts.append(joined(*points[0], "m" if operation == "moveTo" else "l"))
        elif operation == "closePath":
            parts.append(b"h")
        if points:
            at = points[-1]
    return b" ".join(parts)


def matrices(text: str) -> Iterator[Matrix]:
    """The matrices of a `transform`, the outermost first."""
    if _TRANSFORM.sub("", text).strip(" ,"):
        raise UntranslatableError(f"the transformation {text}")
    for kind, arguments in _TRANSFORM.findall(text):
        numbers = floats(arguments)
        if kind == "matrix":
            a, b, c, d, e, f = numbers
            yield a, b, c, d, e, f
        elif kind == "translate":
            yield 1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0
        elif kind == "rotate":
            (angle,) = numbers  # about the origin
            c, s = cos(radians(angle)), sin(radians(angle))
            yield c, s, -s, c, 0, 0
        else:
            yield numbers[0], 0, 0, numbers[-1], 0, 0


def floats(text: str) -> list[float]:
    """The numbers in a text."""
    return [float(number) for number in _NUMBERS.findall(text)]


def values(element: Element, *names: str) -> tuple[float, ...]:
    """Attributes as numbers, in pixels; 0 for those that are not there."""
    return tuple(float(element.get(name, "0").removesuffix("px")) for name in names)


def joined(*parts: float | str) -> bytes:
    """Operands and an operator, as they stand in a page's stream."""
    return " ".join(p if isinstance(p, str) else _number(p) for p in parts).encode()


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
