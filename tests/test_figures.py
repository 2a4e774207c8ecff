"""Drawings are compared by what a reader sees."""

from __future__ import annotations

import re

import pytest

from conftest import CONTENT
from drawings import difference

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><style>*{{stroke-linecap: butt}}</style><path id="{mark}" d="M 0 0 L 0 {length}"/></defs>
<g clip-path="url(#{clip})"><path d="M {x} 2 L 10 20" style="fill: {colour}"/></g>
<use xlink:href="#{mark}" x="5" y="6" transform="translate({x} 1) scale({scale} -0.065)"/>
<text>{words}</text><defs><clipPath id="{clip}"><rect width="{width}"/></clipPath></defs></svg>"""
SAME = {"mark": "m1", "clip": "p1", "x": "1", "length": "3.5", "colour": "#0b5394"} | {
    "scale": "0.065", "words": "loss", "width": "80"
}  # fmt: skip


def drawing(**changes: str) -> bytes:
    """The drawing with some of its values changed."""
    return SVG.format(**SAME | changes).encode()


@pytest.mark.parametrize(
    "change",
    [
        {"mark": "m9", "clip": "p73a15f0429"},
        {"x": "1.000001"},
        {"x": "0.99", "width": "80.01", "length": "3.49"},
        {"colour": "#0b5395"},
        {"scale": "0.0650001"},
    ],
    ids=str,
)
def test_what_no_eye_sees(change: dict[str, str]) -> None:
    """Names of parts, a last digit, a level of a colour."""
    assert difference(drawing(), drawing(**change)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"x": "1.1"},
        {"length": "3.6"},
        {"width": "79"},
        {"colour": "#0b5397"},
        {"scale": "0.066"},
        {"words": "gain"},
        {"x": "1 1 L 1"},
    ],
    ids=str,
)
def test_what_an_eye_sees(change: dict[str, str]) -> None:
    """In the drawing, in what it refers to, in what cuts it off, in its text."""
    assert difference(drawing(), drawing(**change)) is not None


def test_one_that_goes_on() -> None:
    """A drawing that is the beginning of the other is another."""
    more = drawing().replace(b"</svg>", b"<text>more</text></svg>")
    assert difference(drawing(), more) is not None
    assert difference(more, drawing()) is not None


def test_no_name_hangs_on_a_coordinate() -> None:
    """The ids in our figures are numbers, not hashes over coordinates."""
    for path in sorted((CONTENT / "figures").glob("*.svg")):
        hashed = re.findall(r'\bid="\w*[0-9a-f]{10}"', path.read_text(encoding="utf-8"))
        assert hashed == [], f"{path.name}: draw it again with `make figures`"
