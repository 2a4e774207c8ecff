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
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from dlexport.exporters.pdf.outlines import (
    UntranslatableError,
    floats,
    joined,
    matrices,
    shape,
    values,
)
from dlexport.exporters.pdf.styles import HREF, SVG, State, declarations, entered, paint, properties

_UNIVERSAL_RULE = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_REFERENCE = re.compile(r"url\(['\"]?#(.+?)['\"]?\)")
_UNSEEN = {"title", "desc", "metadata", "defs", "style", "clipPath"}
_MAX_DEPTH = 100
_MAX_ELEMENTS = 100_000  # clones can stand for very many


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


@lru_cache(maxsize=4096)
def translate(svg: str, colour: str) -> Operators:
    """The drawing as operators for a page whose colours are set to `colour`.

    `colour` is what the drawing's `currentColor` and its default fill mean.
    Raise UntranslatableError for a drawing that cannot be shown in this way.
    """
    try:
        root = ElementTree.fromstring(svg)
        box = tuple(floats(root.get("viewBox", "")))
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
        sheets = "".join(element.text or "" for element in root.iter(f"{SVG}style"))
        rule = _UNIVERSAL_RULE.fullmatch(sheets) if sheets.strip() else None
        if sheets.strip() and not rule:
            raise UntranslatableError("a stylesheet")
        self._rule = declarations(rule[1]) if rule else {}
        self._elements = 0
        self.alphas: set[float] = set()

    def initial(self) -> State:
        """The state of a root that says nothing."""
        return State(self._colour, "none", 1.0, (self._colour, self._colour))

    def children(self, element: Element, state: State, depth: int) -> Iterator[bytes]:
        for child in element:
            if isinstance(child.tag, str):
                yield from self._drawn(child, state, depth + 1)

    def _drawn(self, element: Element, state: State, depth: int) -> Iterator[bytes]:
        name = element.tag.removeprefix(SVG)
        if name in _UNSEEN:
            return
        self._elements += 1
        if depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise UntranslatableError("too many elements, or too many in each other")
        said = properties(element, self._rule)
        before = [joined(*m, "cm") for m in matrices(element.get("transform", ""))]
        if "clip-path" in said:
            before += self._clip(said["clip-path"])
        outside = state
        state, set_up = entered(said, outside, self._colour)
        before += set_up
        before += self._transparency(name, said, outside, state)
        inside = [*self._inside(name, element, state, depth)]
        if not inside:
            return
        if before:
            yield from (b"q", *before, *inside, b"Q")
        else:
            yield from inside

    def _inside(self, name: str, element: Element, state: State, depth: int) -> Iterator[bytes]:
        if name == "g":
            yield from self.children(element, state, depth)
        elif name == "svg":
            yield from self._nested(element, state, depth)
        elif name == "use":
            target = self._referred(element.get("href") or element.get(HREF) or "")
            x, y = values(element, "x", "y")
            yield b"q"
            yield joined(1, 0, 0, 1, x, y, "cm")
            yield from self._drawn(target, state, depth + 1)
            yield b"Q"
        else:
            outline = shape(name, element)
            operator = paint(name, state)
            if operator != b"n":
                yield outline
                yield operator

    def _nested(self, element: Element, state: State, depth: int) -> Iterator[bytes]:
        """An SVG in the SVG: moved, scaled to its box and cut off there."""
        x, y, width, height = values(element, "x", "y", "width", "height")
        box = floats(element.get("viewBox", ""))
        if len(box) != 4 or not (box[2] and box[3]):
            raise UntranslatableError("an inner svg without a view box")
        # preserveAspectRatio's default: as large as fits, in the middle.
        scale = min(width / box[2], height / box[3])
        left = x + (width - box[2] * scale) / 2 - box[0] * scale
        top = y + (height - box[3] * scale) / 2 - box[1] * scale
        yield b"q"
        yield joined(x, y, width, height, "re W n")
        yield joined(scale, 0, 0, scale, left, top, "cm")
        yield from self.children(element, state, depth)
        yield b"Q"

    def _transparency(
        self, name: str, said: Mapping[str, str], outside: State, inside: State
    ) -> Iterator[bytes]:
        """Operators for opacities. That of a whole is that of its one colour, if it has one."""
        whole = float(said.get("opacity", "1"))
        if whole != 1 and (name in ("g", "svg", "use") or paint(name, inside) == b"B"):
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
        return [shape(shapes[0].tag.removeprefix(SVG), shapes[0]), b"W n"]

    def _referred(self, address: str) -> Element:
        if not address.startswith("#"):
            raise UntranslatableError(f"a link to {address}")
        return self._by_id[address[1:]]
