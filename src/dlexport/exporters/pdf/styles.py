"""What is said of an SVG's elements: colours, strokes and dashes (PDF 32000-1:2008, 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from PIL import ImageColor

from dlexport.exporters.pdf.outlines import UntranslatableError, floats, joined

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
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
_SILENT = {"id", "class", "accent", "accentunder", HREF, "href"}
# What these say is the same as saying nothing.
_DEFAULTS = {("fill-rule", "nonzero"), ("clip-rule", "nonzero")}


@dataclass(frozen=True, slots=True)
class State:
    """What an element inherits, and the colours that the page has at the moment."""

    fill: str
    stroke: str
    width: float
    painted: tuple[str, str]
    alphas: tuple[float, float] = (1.0, 1.0)


def properties(element: Element, rule: Mapping[str, str]) -> Mapping[str, str]:
    """What is said of an element, as the cascade has it: attributes, stylesheet, style."""
    found = {}
    for name, value in element.attrib.items():
        if name in _PROPERTIES:
            found[name] = value
        elif (name, value) not in _DEFAULTS and name not in _GEOMETRY | _SILENT | {"style"}:
            raise UntranslatableError(f"{element.tag.removeprefix(SVG)} has {name}")
    for name, value in {**rule, **declarations(element.get("style", ""))}.items():
        if name in _PROPERTIES:
            found[name] = value
        elif (name, value) not in _DEFAULTS:
            raise UntranslatableError(f"the property {name}")
    return found


def entered(properties: Mapping[str, str], state: State, colour: str) -> tuple[State, list[bytes]]:
    """The state inside an element, and the operators for what differs from outside."""
    operators: list[bytes] = []
    fill, stroke = properties.get("fill", state.fill), properties.get("stroke", state.stroke)
    width = state.width
    painted = list(state.painted)
    for i, (value, operator) in enumerate(((fill, "rg"), (stroke, "RG"))):
        if value == "none" or value == painted[i]:
            continue
        operators.append(joined(*_rgb(value, colour), operator))
        painted[i] = value
    if "stroke-width" in properties:
        width = float(properties["stroke-width"].removesuffix("px"))
        operators.append(joined(width, "w"))
    if "stroke-linecap" in properties:
        operators.append(joined(_CAPS[properties["stroke-linecap"]], "J"))
    if "stroke-linejoin" in properties:
        operators.append(joined(_JOINS[properties["stroke-linejoin"]], "j"))
    if "stroke-miterlimit" in properties:
        operators.append(joined(float(properties["stroke-miterlimit"]), "M"))
    if "stroke-dasharray" in properties:
        dashes = floats(properties["stroke-dasharray"].replace("none", ""))
        offset = float(properties.get("stroke-dashoffset", "0"))
        operators.append(b"[" + joined(*dashes) + b"] " + joined(offset, "d"))
    alphas = (
        float(properties.get("fill-opacity", state.alphas[0])),
        float(properties.get("stroke-opacity", state.alphas[1])),
    )
    return State(fill, stroke, width, (painted[0], painted[1]), alphas), operators


def declarations(text: str) -> Mapping[str, str]:
    """The properties that a style attribute or a rule's body sets."""
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


def paint(name: str, state: State) -> bytes:
    """The operator that paints an outline. Lines have no inside; a width of 0 is no stroke."""
    stroked = state.stroke != "none" and state.width > 0
    filled = state.fill != "none" and name != "line"
    return {(True, True): b"B", (True, False): b"S", (False, True): b"f"}.get(
        (stroked, filled), b"n"
    )
