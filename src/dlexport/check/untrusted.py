"""Addresses and sizes in texts that outputs do not take over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dlexport.document import Attributed, HtmlBlock, HtmlInline, Image, Link
from dlexport.document.html import addresses
from dlexport.model import Collection
from dlexport.problems import Place, Problem
from dlexport.untrusted import attribute_fault, css_length, link_fault

_MEANINGLESS = ("width", "height", "start")  # but for pictures, and lists with numbers


def bad_addresses(collection: Collection) -> Iterator[Problem]:
    """A link that leads to something else than the web, mail or a file beside the text."""
    for text in collection.texts:
        for link in text.every(Link):
            yield from _bad_address(link.target, link.place)
        html: list[HtmlInline | HtmlBlock] = [*text.every(HtmlInline), *text.every(HtmlBlock)]
        for node in html:
            for address, row in addresses(node.html):
                yield from _bad_address(address, replace(node.place, line=node.place.line + row))


def _bad_address(address: str, place: Place) -> Iterator[Problem]:
    fault = link_fault(address)
    if fault:
        message = f"the link leads to {' '.join(address.split())}: {fault}"
        yield Problem(place, "bad-address", message, "write it as code, or link to a page")


def bad_sizes(collection: Collection) -> Iterator[Problem]:
    """A picture's width or height that is no length."""
    for text in collection.texts:
        for image in text.every(Image):
            for name in ("width", "height"):
                value = image.attribute(name)
                if value and not css_length(value):
                    message = f"{image.source}: {name} is “{value}”"
                    hint = f"write {name}=40mm, in another unit of CSS, or {name}=50%"
                    yield Problem(image.place, "bad-value", message, hint)


def bad_attributes(collection: Collection) -> Iterator[Problem]:
    """An attribute that means nothing where it stands, or has a value that cannot be."""
    for text in collection.texts:
        for node in text.every(Attributed):
            given = () if isinstance(node, Image) else node.attributes
            for name, value in given:
                fault = attribute_fault(name, value)
                if fault and name in _MEANINGLESS:
                    message = f"the attribute {name}=“{value}” means nothing here"
                    yield Problem(node.place, "unknown-mark", message, "take it out")
                elif fault and name in ("id", "lang", "dir"):
                    message = f"the attribute {name} is “{value}”"
                    yield Problem(node.place, "bad-value", message, fault)
