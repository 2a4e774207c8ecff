"""Repairs of Temml's MathML: what the schema of EPUB forbids, and numbers that are several."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_STYLE = ("scriptlevel", "displaystyle")
_STYLED = frozenset({"math", "mstyle", "mtable"})
_LEAVES = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2,
    "msubsup": 3, "munderover": 3,
}  # fmt: skip
_WHOLE = re.compile(r"\d+(?:\{,\}\d+)+")  # a comma that parts thousands
_BOLD_SCRIPT = re.compile("[\U0001d4d0-\U0001d4e9]")  # text to Temml, which has no command
_APPLY_FUNCTION = "\u2061"


def repair(root: ET.Element, tex: str) -> None:
    """Repair a `math` element, whose tags have no namespace, in place; `tex` is its source."""
    for element in list(root.iter()):
        for index, child in enumerate(list(element)):
            element[index] = _styled_by_wrapper(_plain_leaf(child))
    for element in root.iter():
        _count_parts(element)
    whole = {number.replace("{,}", ",") for number in _WHOLE.findall(tex)}
    for element in list(root.iter()):
        for index, child in enumerate(list(element)):
            if child.tag == "mn" and "," in (child.text or ""):
                element[index] = _apart(child, whole)
            elif child.tag == "mtext" and _BOLD_SCRIPT.fullmatch(child.text or ""):
                child.tag = "mi"


def _apart(number: ET.Element, whole: set[str]) -> ET.Element:
    """The numbers of `0,1`, which Temml takes for one; one written `1{,}000` is one."""
    text = number.text or ""
    for found in whole:
        text = text.replace(found, found.replace(",", "\0"))
    parts: list[ET.Element] = []
    for part in text.split(","):
        if parts:
            parts.append(ET.Element("mo", {"separator": "true"}))
            parts[-1].text = ","
        parts.append(ET.Element("mn", number.attrib))
        parts[-1].text = part.replace("\0", ",")
    return parts[0] if len(parts) == 1 else _wrap("mrow", parts)


def _styled_by_wrapper(element: ET.Element) -> ET.Element:
    """The element, inside an `mstyle` if it carries what only `mstyle` may."""
    style = {name: element.attrib[name] for name in _STYLE if name in element.attrib}
    if not style or element.tag in _STYLED:
        return element
    for name in style:
        del element.attrib[name]
    return _wrap("mstyle", [element], style)


def _plain_leaf(element: ET.Element) -> ET.Element:
    """The element; a leaf that has children as a leaf or row that a leaf may be."""
    if element.tag not in _LEAVES or not len(element):
        return element
    text = "".join(element.itertext())
    if element.tag != "mo" or (len(text) > 1 and len(list(element.iter("mi"))) == 1):
        leaf = ET.Element(element.tag, element.attrib)
        leaf.text = text
        return leaf
    sides = [_space(element.get(name)) for name in ("lspace", "rspace")]
    return _wrap("mrow", [*sides[0], *element, *sides[1]])


def _space(width: str | None) -> list[ET.Element]:
    return [ET.Element("mspace", width=width)] if width else []


def _count_parts(element: ET.Element) -> None:
    """Put a base of several elements into a row, so that the parts are as many as allowed."""
    allowed = _PARTS.get(element.tag)
    if allowed is None or len(element) <= allowed:
        return
    parts = list(element)
    base, scripts = parts[: len(parts) - allowed + 1], parts[len(parts) - allowed + 1 :]
    # The space after a function name would push what stands below it aside.
    while len(base) > 1 and (base[-1].tag == "mspace" or base[-1].text == _APPLY_FUNCTION):
        base.pop()
    for part in parts:
        element.remove(part)
    element.extend([base[0] if len(base) == 1 else _wrap("mrow", base), *scripts])


def _wrap(
    tag: str, children: list[ET.Element], attributes: dict[str, str] | None = None
) -> ET.Element:
    wrapper = ET.Element(tag, attributes or {})
    wrapper.extend(children)
    return wrapper
