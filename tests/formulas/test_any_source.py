"""Whatever an author types: a result that is sound, or an error that says where."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlexport.math import FormulaError
from formulas.samples import ENGINE, display

COMMANDS = (
    r"\frac \sqrt \left( \right) \\ \text{ \begin{cases} \end{cases} \begin{aligned} \end{aligned} "
    r"\sum_ \alpha \R \norm \hat \bm \def\z{ \z \tag{ \color{red} \not \operatorname{ "
    r"\limits \unknown"
)
PIECES = [
    *"ab12+-=<>&|()[]{}^_'\"~,.;:!*/ #$%",
    *COMMANDS.split(" "),
    *("é", "如", "😀", "\u2211", "\u0301", "\n"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_sound_or_refused(tex: str) -> None:
    formula = display(tex)
    error = ENGINE.check(formula)
    if error is None:
        ET.fromstring(ENGINE.draw(formula).svg)
        ET.fromstring(ENGINE.on_screen(formula))
        assert ENGINE.tex(formula)
    else:
        assert error.position is None or 0 <= error.position <= len(tex)


@pytest.mark.parametrize("character", ["\x00", "\x0c", "\x1b", "\ud800", "\uffff"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(FormulaError, match="control") as caught:
        ENGINE.mathml(display(f"a{character}b"))
    assert caught.value.position == 1
