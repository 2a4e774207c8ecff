"""SVG to PDF operators, for the drawings that MathJax and matplotlib make.

Filled and stroked outlines, rules, lines and dashes, groups, clones, clip paths
and transparent colours are translated (SVG 1.1; PDF 32000-1:2008, 8.4 and 8.5).
Whatever else a drawing holds, text, gradients, transparent groups, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from PIL import ImageColor

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TRANSFORM = re.compile(r"(translate|scale|rotate|matrix)\(([^)]*)\)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_UNIVERSAL_RULE = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_REFERENCE = re.compile(r"url\(['\"]?#(.+?)['\"]?\)")
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_PROPERTIES = {
    "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-dasharray", "stroke-dashoffset", "clip-path", "opacity", "fill-opacity",
    "stroke-opacity",
}  # fmt: skip
_GEOMETRY = {"d", "transform", "x", "y", "width", "height", "x1", "y1", "x2", "y2", "points",
             "viewBox"}  # fmt: skip
# They say nothing about what is seen. MathJax's own `accent`s slip through.
_SILENT = {"id", "class", "accent", "accentunder", _HREF, "href"}
_UNSEEN = {"title", "desc", "metadata", "defs", "style", "clipPath"}
# What these say is the same as saying nothing.
_DEFAULTS = {("fill-rule", "nonzero"), ("clip-rule", "nonzero")}
_MAX_DEPTH = 100
_MAX_ELEMENTS = 100_000  # clones can stand for very many
_Matrix = tuple[float, float, float, float, float, float]


class UntranslatableError(Exception):
    """The drawing holds what these operators cannot say; the message says what."""


@dataclass(frozen=True, slots=True)
class Operators:
    """A drawing's operators in the coordinates of its view box, y downwards.

    `width` and `height` are its attributes as written, with their units.
    `alphas` are the opacities that it wants as graphics states of the page,
    named as WeasyPrint does: `a0.5` for fills, `A0.5` for strokes.
    """

    width: str
    height: str
    box: tuple[float, float, float, float]
    data: bytes
    alphas: frozenset[float]


@dataclass(frozen=True, slots=True)
class _State:
    """What an element inherits, and the colours that the page has at the moment."""

    fill: str
    stroke: str
    width: float
    painted: tuple[str, str]
    alphas: tuple[float, float] = (1.0, 1.0)


@lru_cache(maxsize=4096)
def translate(svg: str, colour: str) -> Operators:
    """The drawing as operators for a page whose colours are set to `colour`.

    `colour` is what the drawing's `currentColor` and its default fill mean.
    Raise UntranslatableError for a drawing that cannot be shown in this way.
    """
    try:
        root = ElementTree.fromstring(svg)
        box = tuple(_floats(root.get("viewBox", "")))
        if len(box) != 4 or not (box[2] and box[3]):
            raise UntranslatableError("it has no view box")
        if root.get("preserveAspectRatio"):
            raise UntranslatableError("preserveAspectRatio")
        parts = [b"4 M"]  # SVG's limit of mitres; PDF has 10
        translation = _Translation(root, colour)
        parts.extend(translation.children(root, translation.initial(), 0))
    except (ElementTree.ParseError, ValueError, KeyError, IndexError) as error:
        raise UntranslatableError(f"it is no sound SVG: {error}") from error
    return Operators(
        root.get("width", ""),
        root.get("height", ""),
        box,
        b"\n".join(parts),
        frozenset(translation.alphas),
    )


class _Translation:
    """Goes through one drawing."""

    def __init__(self, root: Element, colour: str) -> None:
        self._root = root
        self._colour = colour
        self._by_id = {id: element for element in root.iter() if (id := element.get("id"))}
        sheets = "".join(element.text or "" for element in root.iter(f"{_SVG}style"))
        rule = _UNIVERSAL_RULE.fullmatch(sheets) if sheets.strip() else None
        if sheets.strip() and not rule:
            raise UntranslatableError("a stylesheet")
        self._rule = _declarations(rule[1]) if rule else {}
        self._elements = 0
        self.alphas: set[float] = set()

    def initial(self) -> _State:
        """The state of a root that says nothing."""
        return _State(self._colour, "none", 1.0, (self._colour, self._colour))

    def children(self, element: Element, state: _State, depth: int) -> Iterator[bytes]:
        for child in element:
            if isinstance(child.tag, str):
                yield from self._drawn(child, state, depth + 1)

    def _drawn(self, element: Element, state: _State, depth: int) -> Iterator[bytes]:
        name = element.tag.removeprefix(_SVG)
        if name in _UNSEEN:
            return
        self._elements += 1
        if depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise UntranslatableError("too many elements, or too many in each other")
        properties = self._properties(element)
        before = [_joined(*m, "cm") for m in _matrices(element.get("transform", ""))]
        if "clip-path" in properties:
            before += self._clip(properties["clip-path"])
        outside = state
        state, set_up = self._set_up(properties, outside)
        before += set_up
        before += self._transparency(name, properties, outside, state)
        inside = [*self._inside(name, element, state, depth)]
        if not inside:
            return
        if before:
            yield from (b"q", *before, *inside, b"Q")
        else:
            yield from inside

    def _inside(self, name: str, element: Element, state: _State, depth: int) -> Iterator[bytes]:
        if name == "g":
            yield from self.children(element, state, depth)
        elif name == "svg":
            yield from self._nested(element, state, depth)
        elif name == "use":
            target = self._referred(element.get("href") or element.get(_HREF) or "")
            x, y = _values(element, "x", "y")
            yield b"q"
            yield _joined(1, 0, 0, 1, x, y, "cm")
            yield from self._drawn(target, state, depth + 1)
            yield b"Q"
        else:
            outline = _shape(name, element)
            paint = _paint(name, state)
            if paint != b"n":
                yield outline
                yield paint

    def _nested(self, element: Element, state: _State, depth: int) -> Iterator[bytes]:
        """An SVG in the SVG: moved, scaled to its box and cut off there."""
        x, y, width, height = _values(element, "x", "y", "width", "height")
        box = _floats(element.get("viewBox", ""))
        if len(box) != 4 or not (box[2] and box[3]):
            raise UntranslatableError("an inner svg without a view box")
        # preserveAspectRatio's default: as large as fits, in the middle.
        scale = min(width / box[2], height / box[3])
        left = x + (width - box[2] * scale) / 2 - box[0] * scale
        top = y + (height - box[3] * scale) / 2 - box[1] * scale
        yield b"q"
        yield _joined(x, y, width, height, "re W n")
        yield _joined(scale, 0, 0, scale, left, top, "cm")
        yield from self.children(element, state, depth)
        yield b"Q"

    def _properties(self, element: Element) -> Mapping[str, str]:
        """What is said of an element, as the cascade has it: attributes, stylesheet, style."""
        found = {}
        for name, value in element.attrib.items():
            if name in _PROPERTIES:
                found[name] = value
            elif (name, value) not in _DEFAULTS and name not in _GEOMETRY | _SILENT | {"style"}:
                raise UntranslatableError(f"{element.tag.removeprefix(_SVG)} has {name}")
        for name, value in {**self._rule, **_declarations(element.get("style", ""))}.items():
            if name in _PROPERTIES:
                found[name] = value
            elif (name, value) not in _DEFAULTS:
                raise UntranslatableError(f"the property {name}")
        return found

    def _set_up(self, properties: Mapping[str, str], state: _State) -> tuple[_State, list[bytes]]:
        """The state inside an element, and the operators for what differs from outside."""
        operators: list[bytes] = []
        fill, stroke = properties.get("fill", state.fill), properties.get("stroke", state.stroke)
        width = state.width
        painted = list(state.painted)
        for i, (value, operator) in enumerate(((fill, "rg"), (stroke, "RG"))):
            if value == "none" or value == painted[i]:
                continue
            operators.append(_joined(*_rgb(value, self._colour), operator))
            painted[i] = value
        if "stroke-width" in properties:
            width = float(properties["stroke-width"].removesuffix("px"))
            operators.append(_joined(width, "w"))
        if "stroke-linecap" in properties:
            operators.append(_joined(_CAPS[properties["stroke-linecap"]], "J"))
        if "stroke-linejoin" in properties:
            operators.append(_joined(_JOINS[properties["stroke-linejoin"]], "j"))
        if "stroke-miterlimit" in properties:
            operators.append(_joined(float(properties["stroke-miterlimit"]), "M"))
        if "stroke-dasharray" in properties:
            dashes = _floats(properties["stroke-dasharray"].replace("none", ""))
            offset = float(properties.get("stroke-dashoffset", "0"))
            operators.append(b"[" + _joined(*dashes) + b"] " + _joined(offset, "d"))
        alphas = (
            float(properties.get("fill-opacity", state.alphas[0])),
            float(properties.get("stroke-opacity", state.alphas[1])),
        )
        return _State(fill, stroke, width, (painted[0], painted[1]), alphas), operators

    def _transparency(
        self, name: str, properties: Mapping[str, str], outside: _State, inside: _State
    ) -> Iterator[bytes]:
        """Operators for opacities. That of a whole is that of its one colour, if it has one."""
        whole = float(properties.get("opacity", "1"))
        if whole != 1 and (name in ("g", "svg", "use") or _paint(name, inside) == b"B"):
            raise UntranslatableError("a transparent group")
        pairs = zip("aA", outside.alphas, inside.alphas, strict=True)
        for letter, before, alpha in pairs:
            wanted = alpha * whole
            if wanted != before:
                self.alphas.add(wanted)
                yield f"/{letter}{wanted} gs".encode()

    def _clip(self, value: str) -> list[bytes]:
        """Operators that cut off what follows."""
        if value == "none":
            return []
        found = _REFERENCE.fullmatch(value.strip())
        if not found:
            raise UntranslatableError(f"the clip path {value}")
        clip = self._by_id[found[1]]
        shapes = [child for child in clip if isinstance(child.tag, str)]
        plain = set(clip.attrib) <= {"id"} and not any(s.get("transform") for s in shapes)
        if not plain or len(shapes) != 1:
            raise UntranslatableError("a clip path of several parts or with units of its own")
        return [_shape(shapes[0].tag.removeprefix(_SVG), shapes[0]), b"W n"]

    def _referred(self, address: str) -> Element:
        if not address.startswith("#"):
            raise UntranslatableError(f"a link to {address}")
        return self._by_id[address[1:]]


def _declarations(text: str) -> Mapping[str, str]:
    found = {}
    for declaration in filter(None, (part.strip() for part in text.split(";"))):
        name, _, value = declaration.partition(":")
        found[name.strip()] = value.strip()
    return found


def _rgb(value: str, current: str) -> tuple[float, ...]:
    """A colour's parts, from 0 to 1."""
    if value == "currentColor" and current != "currentColor":
        value = current
    elif value == "currentColor":
        # The page's own colour is not known here, and has been replaced.
        raise UntranslatableError("currentColor inside of another colour")
    red, green, blue, *alpha = ImageColor.getrgb(value)
    if alpha not in ([], [255]):
        raise UntranslatableError(f"the colour {value}")
    return red / 255, green / 255, blue / 255


def _paint(name: str, state: _State) -> bytes:
    """The operator that paints an outline. Lines have no inside; a width of 0 is no stroke."""
    stroked = state.stroke != "none" and state.width > 0
    filled = state.fill != "none" and name != "line"
    return {(True, True): b"B", (True, False): b"S", (False, True): b"f"}.get(
        (stroked, filled), b"n"
    )


def _shape(name: str, element: Element) -> bytes:
    """An outline's operators."""
    if name == "path":
        return _outline(element.get("d", ""))
    if name == "rect":
        return _joined(*_values(element, "x", "y", "width", "height"), "re")
    if name == "line":
        x1, y1, x2, y2 = _values(element, "x1", "y1", "x2", "y2")
        return _joined(x1, y1, "m") + b" " + _joined(x2, y2, "l")
    if name in ("polygon", "polyline"):
        numbers = _floats(element.get("points", ""))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        lines = [_joined(*point, "l") for point in points[1:]]
        end = [b"h"] if name == "polygon" else []
        return b" ".join([_joined(*points[0], "m"), *lines, *end])
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
        raise UntranslatableError(f"the transformation {text}")
    for kind, arguments in _TRANSFORM.findall(text):
        numbers = _floats(arguments)
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


def _floats(text: str) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text)]


def _values(element: Element, *names: str) -> tuple[float, ...]:
    return tuple(float(element.get(name, "0").removesuffix("px")) for name in names)


def _joined(*parts: float | str) -> bytes:
    return " ".join(p if isinstance(p, str) else _number(p) for p in parts).encode()


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
