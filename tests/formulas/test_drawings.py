"""What a drawing looks like, where it matters."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from dlexport.math import Formula
from formulas.samples import ENGINE, display


def test_a_long_line_is_broken_at_the_width_given() -> None:
    formula = display(" + ".join(f"a_{{{n}}}" for n in range(30)))
    whole, broken = ENGINE.draw(formula), ENGINE.draw(formula, width_em=30)
    assert whole.width_ex > 60 >= broken.width_ex
    assert broken.height_ex > 2 * whole.height_ex


def test_a_formula_in_a_line_is_not_broken() -> None:
    formula = Formula("+".join("abcdefghijklmnop"))
    assert ENGINE.draw(formula, width_em=5) == ENGINE.draw(formula)


def test_display_makes_sums_larger() -> None:
    tex = r"\sum_{i=1}^n x_i"
    assert ENGINE.draw(display(tex)).height_ex > ENGINE.draw(Formula(tex)).height_ex


@pytest.mark.parametrize(
    ("tex", "tag"),
    [
        (r"E = mc^2 \tag{1}", "(1)"),
        (r"E = mc^2 \tag*{A.1}", "A.1"),
        (r"E = mc^2 \tag{$\ast$}", "(∗)"),
        (r"\begin{align} a &= b \tag{2} \\ &= c \end{align}", "(2)"),
        (r"E = mc^2", None),
    ],
)
def test_a_tag_is_given_and_not_drawn(tex: str, tag: str | None) -> None:
    drawing = ENGINE.draw(display(tex))
    assert drawing.tag == tag
    assert drawing.width_ex < 20


def test_several_tags_are_drawn() -> None:
    without = ENGINE.draw(display(r"\begin{align} a &= b \\ c &= d \end{align}"))
    tagged = ENGINE.draw(display(r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}"))
    assert tagged.tag is None
    assert tagged.width_ex > without.width_ex + 5


@pytest.mark.parametrize("end", [r"\\", r" \\ ", r"\\ \\", "\n\\\\\n", r"\\ % the end"])
def test_a_line_break_at_the_end_leaves_no_line(end: str) -> None:
    assert ENGINE.draw(display("a = b" + end)).height_ex == ENGINE.draw(display("a = b")).height_ex


def test_lines_outside_an_environment_stand_below_each_other() -> None:
    lines = ENGINE.draw(display(r"a = b \\ c = d"))
    assert lines.height_ex > 2 * ENGINE.draw(display("a = b")).height_ex
    assert "mtable" in ENGINE.mathml(display(r"a = b \\ c = d"))


def test_bold_and_blackboard_are_glyphs() -> None:
    plain = ENGINE.draw(Formula("x")).svg
    for tex in (r"\bm{x}", r"\boldsymbol{x}", r"\mathbf{x}", r"\mathbb{1}"):
        svg = ENGINE.draw(Formula(tex)).svg
        assert "<path" in svg
        assert ET.fromstring(svg).find(".//{*}path") is not None
        assert svg != plain


def test_letters_of_other_scripts_become_text() -> None:
    assert "如果</text>" in ENGINE.draw(Formula(r"\text{如果}")).svg


def test_colours_are_kept() -> None:
    svg = ENGINE.draw(Formula(r"\textcolor{red}{x} + y")).svg
    assert 'fill="red"' in svg
    assert 'fill="currentColor"' in svg


@pytest.mark.slow
def test_importing_is_cheap() -> None:
    code = (
        "import sys, dlexport; before = set(sys.modules); import dlexport.math; "
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"quickjs", "_quickjs", "weasyprint", "xml"} & set(run.stdout.split())
