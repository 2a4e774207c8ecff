"""Whatever an author types: a result that is sound, or an error that says where."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlexport.math import FormulaError
from formulas.samples import ENGINE, display

PIECES = [
    *"ab12+-=<>&|()[]{}^_'\"~,.;:!*/ #$%",
    *(
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\\",
        r"\text{",
        r"\begin{cases}",
        r"\end{cases}",
    ),
    *(r"\begin{aligned}", r"\end{aligned}", r"\sum_", r"\alpha", r"\R", r"\norm", r"\hat", r"\bm"),
    *(
        r"\def\z{",
        r"\z",
        r"\tag{",
        r"\color{red}",
        r"\not",
        r"\operatorname{",
        r"\limits",
        r"\unknown",
    ),
    *("é", "如", "😀", "\u2211", "\u0301", "\n"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_sound_or_refused(tex: str) -> None:
    formula = display(tex)
    error = ENGINE.check(formula)
    if error is None:
        ET.fromstring(ENGINE.draw(formula).svg)
        ET.fromstring(ENGINE.mathml(formula))
        assert ENGINE.tex(formula)
    else:
        assert "engine" not in error.message
        assert error.position is None or 0 <= error.position <= len(tex)


@pytest.mark.parametrize("character", ["\x00", "\x0c", "\x1b", "\ud800", "\uffff"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(FormulaError, match="control") as caught:
        ENGINE.mathml(display(f"a{character}b"))
    assert caught.value.position == 1
