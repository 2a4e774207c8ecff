"""Addresses and sizes in texts that outputs do not take over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dlexport.document import HtmlBlock, HtmlInline, Image, Link
from dlexport.document.html import addresses
from dlexport.model import Collection
from dlexport.problems import Place, Problem
from dlexport.untrusted import css_length, link_fault


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
