"""Repairs of Temml's MathML: what MathML Core allows and the schema of EPUB does not."""

from __future__ import annotations

import xml.etree.ElementTree as ET

_STYLE = ("scriptlevel", "displaystyle")
_STYLED = frozenset({"math", "mstyle", "mtable"})
_LEAVES = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2,
    "msubsup": 3, "munderover": 3,
}  # fmt: skip
_APPLY_FUNCTION = "\u2061"


def repair(root: ET.Element) -> None:
    """Repair a `math` element, whose tags have no namespace, in place."""
    for element in list(root.iter()):
        for index, child in enumerate(list(element)):
            element[index] = _styled_by_wrapper(_plain_leaf(child))
    for element in root.iter():
        _count_parts(element)


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
