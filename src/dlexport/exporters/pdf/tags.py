"""WeasyPrint's tags, mended before they are written (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

_Element = Any  # a dictionary of pydyf's, which has no types
# Elements that mean nothing by themselves, unless they have more than every element has.
_NEUTRAL = ("/Span", "/NonStruct")
_BARE = {"Type", "S", "P", "K", "Pg"}
# What is to hold blocks, and no text (14.8.4.2).
_GROUPS = ("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote")


def mend(pdf: pydyf.PDF, name: str) -> None:
    """Leave out elements that say nothing, give header cells their scope and a name of their own.

    WeasyPrint puts every line of a text, and every piece of one that has a
    style, into such an element: four fifths of all. What they hold is hung on
    what they are in. Names of header cells, which are counted in each document,
    begin with `name`, so that documents can be joined.
    """
    elements = {
        item.reference: item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    }
    for element in elements.values():
        if element["S"] in ("/TH", "/TD"):
            _mend_cell(element, name)
    neutral = {place for place, element in elements.items() if _says_nothing(element, elements)}
    for place, element in elements.items():
        if place in neutral:
            element.free = "f"
            continue
        element["K"] = pydyf.Array(_kids(element, elements, neutral))
        for kid in element["K"]:
            if kid in elements:
                elements[kid]["P"] = place
    _mend_parents(pdf, elements, neutral)


def _says_nothing(element: _Element, elements: Mapping[bytes, _Element]) -> bool:
    # Numbers of marked content are those of the page that the element is on.
    parent = elements.get(element["P"])
    return (
        element["S"] in _NEUTRAL
        and element.keys() <= _BARE
        and parent is not None
        and parent["S"] not in _GROUPS
        and parent["Pg"] == element["Pg"]
    )


def _kids(
    element: _Element, elements: Mapping[bytes, _Element], neutral: set[bytes]
) -> Iterator[Any]:
    for kid in element["K"]:
        if kid in neutral:
            yield from _kids(elements[kid], elements, neutral)
        else:
            yield kid


def _mend_parents(pdf: pydyf.PDF, elements: Mapping[bytes, _Element], neutral: set[bytes]) -> None:
    """Where it says what each marked content and each link is in."""

    def kept(place: bytes) -> bytes:
        while place in neutral:
            place = elements[place]["P"]
        return place

    (root,) = (
        item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructTreeRoot"
    )
    (tree,) = (item for item in pdf.objects if item.reference == root["ParentTree"])
    tree["Nums"] = pydyf.Array(
        pydyf.Array(map(kept, entry)) if isinstance(entry, list) else kept(entry)
        for entry in tree["Nums"]
    )


def _mend_cell(cell: _Element, name: str) -> None:
    def own(key: pydyf.String) -> pydyf.String:
        return pydyf.String(f"{name}-{key.string}")

    if "ID" in cell:
        cell["ID"] = own(cell["ID"])
    attributes = cell.get("A", {})
    if cell["S"] == "/TH" and attributes:
        attributes["Scope"] = "/Column"  # Markdown has no other
    if "Headers" in attributes:
        attributes["Headers"] = pydyf.Array(map(own, attributes["Headers"]))
