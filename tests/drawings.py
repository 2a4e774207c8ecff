"""Compare two SVG drawings by what a reader sees, not by their bytes.

The last bit of a computed coordinate differs from one processor to the next. With it
differ the names that a drawing gives to its parts, and now and then the last digit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element, fromstring

VISIBLE = 0.02  # of the drawing's units, points here: a printer's dot at 1200 dpi has 0.06
SHADE = 1  # of the 255 levels of a colour
RELATIVE = 1e-4  # of a scale, an angle or a width

LINK = "{http://www.w3.org/1999/xlink}href"
PLACES = frozenset({"d", "x", "y", "cx", "cy", "r", "width", "height", "points", "viewBox"})
UNSEEN = frozenset({"defs", "clipPath"})  # but for what refers to them
REFERENCE = re.compile(r"url\(#([^)]+)\)")
NUMBER = re.compile(r"#[0-9a-f]{6}\b|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Shape:
    """One element: its words, with `0` for each number, and the numbers with their tolerances."""

    words: str
    numbers: tuple[tuple[float, float], ...]

    def looks_like(self, other: Shape) -> bool:
        """Whether a reader could not tell them apart."""
        pairs = zip(self.numbers, other.numbers, strict=False)
        return self.words == other.words and all(
            math.isclose(a, b, rel_tol=0, abs_tol=tolerance) for (a, tolerance), (b, _) in pairs
        )


def difference(one: bytes, other: bytes) -> str | None:
    """Where two drawings differ to the eye, or None where they do not."""
    if one == other:
        return None
    for left, right in zip_longest(shapes(one), shapes(other)):
        if left is None or right is None or not left.looks_like(right):
            return f"{left}\ndiffers from\n{right}"
    return None


def shapes(svg: bytes) -> Iterator[Shape]:
    """All that is drawn, in its order; what an element refers to stands in place of the name."""
    root = fromstring(svg)
    named = {element.get("id", ""): element for element in root.iter()}
    yield from (_shape(element) for element in root.iter() if _tag(element) == "style")
    yield from _shapes(root, named)


def _shapes(element: Element, named: dict[str, Element]) -> Iterator[Shape]:
    if _tag(element) in UNSEEN:
        return
    yield _shape(element)
    for name in _references(element):
        yield _shape(named[name])
        for child in named[name]:
            yield from _shapes(child, named)
    for child in element:
        yield from _shapes(child, named)


def _references(element: Element) -> Iterator[str]:
    """The ids of what is drawn here or cuts off what is."""
    if link := element.get(LINK):
        yield link.removeprefix("#")
    for value in element.attrib.values():
        yield from REFERENCE.findall(value)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _shape(element: Element) -> Shape:
    numbers: list[tuple[float, float]] = []
    words = [_tag(element), (element.text or "").strip()]
    for name, value in sorted(element.attrib.items()):
        if name not in ("id", LINK):
            value = REFERENCE.sub("reference", value)
            words += [name, NUMBER.sub("0", value)]
            numbers += _numbers(name, value)
    return Shape(" ".join(words), tuple(numbers))


def _numbers(name: str, value: str) -> Iterator[tuple[float, float]]:
    """Each number of an attribute and how much it may differ."""
    for found in NUMBER.finditer(value):
        text = found[0]
        if text.startswith("#"):
            yield from ((int(text[i : i + 2], 16), SHADE) for i in (1, 3, 5))
        elif name in PLACES or value[: found.start()].rpartition(")")[2].startswith("translate("):
            yield float(text), VISIBLE
        else:
            yield float(text), RELATIVE * max(abs(float(text)), RELATIVE)
