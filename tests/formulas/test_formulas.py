"""Every formula of formulas.txt is drawn, converted and spoken."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from dlexport.math import Formula
from formulas.samples import ENGINE, display, formulas, sampled

SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
DRAWN = {"path", "rect", "line", "text", "ellipse", "polygon"}
KNOWN = DRAWN | {"svg", "g", "title"}


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_all_targets_take_it(tex: str) -> None:
    assert ENGINE.check(display(tex)) is None


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_drawing(tex: str) -> None:
    drawing = ENGINE.draw(display(tex))
    root = ET.fromstring(drawing.svg)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == ENGINE.speech(display(tex))
    assert root.get("width") == f"{drawing.width_ex:g}ex"
    assert f"vertical-align: {-drawing.depth_ex:g}" in root.attrib["style"]
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= KNOWN
    assert any(element.tag.removeprefix(SVG) in DRAWN for element in root.iter())


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_drawing_says_only_what_draws(tex: str) -> None:
    svg = ENGINE.draw(display(tex)).svg
    assert not re.search(r"\s(data-|aria-|class=|id=|focusable)", svg)
    assert "currentColor" in svg
    assert "<g></g>" not in svg


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_lines_can_be_broken(tex: str) -> None:
    whole = ENGINE.draw(display(tex))
    broken = ENGINE.draw(display(tex), width_em=12)
    assert broken.width_ex <= max(whole.width_ex, 24) + 1e-3


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_mathml(tex: str) -> None:
    root = ET.fromstring(ENGINE.mathml(display(tex)))
    assert root.tag == f"{MATHML}math"
    assert root.get("display") == "block"
    assert root.get("alttext") == tex
    assert not list(root.iter(f"{MATHML}merror"))


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_speech_has_no_tex(tex: str) -> None:
    spoken = ENGINE.speech(Formula(tex))
    assert spoken
    assert not set(spoken) & set("\\{}_^")


@pytest.mark.parametrize("name", ["flalign", "eqnarray", "bsmallmatrix", "multlined"])
def test_what_temml_lacks_is_drawn(name: str) -> None:
    """MathJax is the judge: a formula without MathML is no error, and is shown as SVG."""
    formula = display(rf"\begin{{{name}}} a \end{{{name}}}")
    assert ENGINE.check(formula) is None
    assert ENGINE.on_screen(formula).startswith("<svg")


@pytest.mark.parametrize(
    ("tex", "numbers"),
    [
        ("[0,1]", ["0", "1"]),
        (r"\{1,2,3\}", ["1", "2", "3"]),
        ("a_{1,2}^{3,4}", ["1", "2", "3", "4"]),
        (r"\frac{1,5}{2}", ["1", "5", "2"]),
        ("(0.5,1.5)", ["0.5", "1.5"]),
        ("1{,}000", ["1,000"]),
        ("(1{,}000,2)", ["1,000", "2"]),
    ],
)
def test_a_comma_parts_numbers(tex: str, numbers: list[str]) -> None:
    """A reader hears two numbers for an interval; thousands are written with `{,}`."""
    found = ET.fromstring(ENGINE.mathml(display(tex))).iter(f"{MATHML}mn")
    assert [number.text for number in found] == numbers


@pytest.mark.parametrize(
    ("tex", "characters"),
    [
        (r"\mathbf{\theta}", "𝜽"),
        (r"\mathbf{A\Theta}", "𝐀𝚯"),
        (r"\boldsymbol{\mathcal L}", "𝓛"),
        (r"\bm{\mathscr{B}}", "𝓑"),
        (r"\bm{\mathcal{AB}}", "𝓐𝓑"),
    ],
)
def test_bold_is_bold(tex: str, characters: str) -> None:
    """Temml's MathML has the letters that MathJax draws."""
    root = ET.fromstring(ENGINE.mathml(display(tex)))
    assert "".join(root.itertext()) == characters
