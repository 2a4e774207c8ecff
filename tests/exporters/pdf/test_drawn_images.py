"""Formulas and figures on paper: PDF operators show what the SVG shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest

from conftest import CONTENT, REPOSITORY
from dlexport.exporters.pdf import document
from dlexport.exporters.pdf.document import Layout, Source, lay_out
from dlexport.exporters.pdf.images import FormulaImage, PictureImage, address
from dlexport.math import Formula
from formulas.samples import ENGINE

TABLE = REPOSITORY / "tests" / "formulas" / "formulas.txt"
FIGURES = sorted((CONTENT / "figures").glob("*.svg"))
PATTERN = b"<pattern"  # hatched: left to WeasyPrint
_T = TypeVar("_T")
CSS = "@page { size: 300mm 100mm; margin: 5mm } p { margin: 0; break-after: page }"


def formulas() -> list[Formula]:
    """The table of formulas, displayed."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [Formula(s, display=True) for line in lines if (s := line.strip()) and s[0] != "#"]


def shown(
    body: str, drawings: Mapping[str, str] = {}, pictures: Mapping[str, tuple[str, bytes]] = {}
) -> Iterator[np.ndarray]:
    """The pages as grey bitmaps, one after the other: all at once take gigabytes."""
    html = f"<html lang='en'><title>x</title><body>{body}"
    layout = Layout.decode(lay_out(Source(html, CSS, drawings, pictures)))
    assert layout.warnings == ()
    document = pypdfium2.PdfDocument(layout.data)
    for page in document:
        yield page.render(scale=2, grayscale=True).to_numpy().astype(np.int16)


def constructs(svg: str) -> Iterator[tuple[object, ...]]:
    """What operators have to be found for: elements in elements, their attributes, functions."""
    for parent in ElementTree.fromstring(svg).iter():
        for child in parent:
            yield parent.tag, child.tag, *sorted(child.attrib)
            for name, value in child.attrib.items():
                yield child.tag, name, *re.findall(r"[a-z-]+(?=[:(])", value)
                if name == "d":
                    yield from ((name, letter) for letter in re.sub("[^A-Za-z]", "", value))


def showing_all(drawings: Iterable[tuple[_T, str]]) -> list[_T]:
    """Those whose drawings show a construct that those before do not."""
    seen: set[object] = set()
    found = []
    for item, svg in drawings:
        new = set(constructs(svg)) - seen
        seen |= new
        if new:
            found.append(item)
    return found


# WeasyPrint takes long for each; the translation knows constructs, not formulas.
FEW_OR_ALL = pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.large)])


@pytest.mark.slow
@pytest.mark.xdist_group("formulas")  # which draw the same ones
@FEW_OR_ALL
def test_operators_show_what_the_svg_shows(every: bool) -> None:
    """Each construct in a formula, and some more, pixel by pixel; only edges may differ."""
    few = showing_all((f, ENGINE.draw(f).svg) for f in formulas())
    assert len(few) > 8
    drawn = [(f, ENGINE.draw(f)) for f in (formulas() if every else {*few, *formulas()[::12]})]
    drawings = {address(d.svg): d.svg for _, d in drawn}
    images = "".join(
        f'<p><img src="{address(d.svg)}" alt="{escape(d.words)}" '
        f'style="width: {d.width_ex:.3f}ex; vertical-align: {-d.depth_ex:.3f}ex"></p>'
        for _, d in drawn
    )
    inline = "".join(f"<p>{d.svg}</p>" for _, d in drawn)
    pairs = zip(drawn, shown(images, drawings), shown(inline), strict=True)
    for (formula, _), ours, theirs in pairs:
        assert differs(ours, theirs) < 0.04, formula.tex


@pytest.mark.slow
@pytest.mark.xdist_group("formulas")  # which draw the same ones
def test_nearly_all_are_translated() -> None:
    """What has to stay an SVG is rare: it costs twenty times as much."""
    refused = []
    for formula in formulas():
        try:
            FormulaImage(ENGINE.draw(formula).svg)
        except ValueError:
            refused.append(formula.tex)
    assert len(refused) <= 3, refused


def differs(ours: np.ndarray, theirs: np.ndarray) -> float:
    """How much differs, as a part of the ink."""
    ink = (255 - theirs).sum()
    assert ink > 0
    return float(np.abs(ours - theirs).sum() / ink)


def looks_as_drawn(svg: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a translated picture looks as WeasyPrint draws it."""
    body = '<p><img src="picture/x" alt="x" style="width: 80mm">'
    pictures = {"picture/x": ("image/svg+xml", svg)}
    (ours,) = shown(body, pictures=pictures)
    with monkeypatch.context() as patch:
        patch.setattr(document, "PictureImage", refuse)
        (theirs,) = shown(body, pictures=pictures)
    return differs(ours, theirs) < 0.03


@pytest.mark.slow
@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_figure(path: Path) -> None:
    """Every figure of our collection is translated."""
    if PATTERN not in path.read_bytes():
        PictureImage(path.read_bytes())


@pytest.mark.slow
@FEW_OR_ALL
def test_figures_look_as_they_are_drawn(every: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of our collection that show a construct that no other before does."""
    few = showing_all((path, path.read_text(encoding="utf-8")) for path in FIGURES)
    assert len(few) > 5
    for path in FIGURES if every else few:
        assert looks_as_drawn(path.read_bytes(), monkeypatch), path.stem


def refuse(svg: bytes) -> None:
    """Leave every picture to WeasyPrint."""
    raise ValueError


SHAPES = """
<rect x="1" y="1" width="10" height="5" fill="red" stroke="blue" stroke-width="2"/>
<g fill="#0a0" stroke="none" transform="translate(12 2) scale(.5)">
  <path d="M0 0h10q5 5 0 10z"/><polygon points="20,0 30,0 25,9" style="fill: none; stroke: #333"/>
  <g stroke="black" stroke-width="3" stroke-dasharray="4 2" stroke-linecap="round">
    <line x1="0" y1="14" x2="40" y2="14"/><polyline points="0,20 9,25 18,20" fill="none"/>
  </g>
</g>
<defs><path id="p" d="M0 0C2 4 6 4 8 0z" transform="scale(1 -1)"/>
<clipPath id="c"><rect x="40" y="0" width="8" height="8"/></clipPath></defs>
<use href="#p" x="2" y="14"/><use href="#p" transform="rotate(30) translate(20 2)" fill="gold"/>
<g clip-path="url(#c)"><path d="M36 4 54 2 54 9z" fill="purple" fill-opacity=".5"/></g>
<path d="M30 14h20" fill="none" stroke="teal" stroke-width="2" opacity=".4"/>
<svg x="40" y="10" width="10" height="8" viewBox="0 0 5 5"><rect width="9" height="3"/></svg>
"""


def test_all_that_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes, clones, clips, dashes, opacities and what groups hand down, in a box of any shape."""
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm"
        viewBox="0 0 60 20"><style>* {{stroke-linejoin: bevel}}</style>{SHAPES}</svg>""".encode()
    PictureImage(svg)
    body = '<p><img src="picture/x" alt="x"><p><img src="picture/x" alt="x" width=300 height=200>'
    pictures = {"picture/x": ("image/svg+xml", svg)}
    ours = list(shown(body, pictures=pictures))
    monkeypatch.setattr(document, "PictureImage", refuse)
    for page, other in zip(ours, shown(body, pictures=pictures), strict=True):
        assert differs(page, other) < 0.03


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("<text>x</text>", "a text"),
        ('<g opacity=".5"><path d="M0 0h9v9z"/></g>', "transparent group"),
        ('<path d="M0 0h9" transform="skewX(9)"/>', "transformation"),
        ('<path d="M0 0h9" filter="url(#f)"/>', "filter"),
        ('<path d="M0 0h9" style="mix-blend-mode: multiply"/>', "mix-blend-mode"),
        ('<path d="M0 0h9" fill="url(#gradient)"/>', "url"),
        ('<use href="#nothing"/>', "nothing"),
        ('<use id="u" href="#u"/>', "too many"),
        ('<use href="other.svg#p"/>', "other.svg"),
        ("<style>path { fill: red }</style>", "stylesheet"),
        ('<path d="no path"/>', "sound"),
        ('<rect width="50%" height="1"/>', "sound"),
    ],
)
def test_what_cannot_be_translated_is_refused(more: str, what: str) -> None:
    """What the operators cannot show, instead of a picture without it."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1">{more}'
    with pytest.raises(ValueError, match=what):
        PictureImage(f"{svg}</svg>".encode())


@pytest.mark.parametrize("length", ["100%", "2em", "", "0"])
def test_a_size_that_depends_on_what_is_around_is_refused(length: str) -> None:
    """Only WeasyPrint knows what is around."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{length}" height="1" viewBox="0 0 1 1"/>'
    with pytest.raises(ValueError, match="length"):
        PictureImage(svg.encode())
