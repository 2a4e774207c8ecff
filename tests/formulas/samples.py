"""Formulas and macros to try the math engine with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dlexport.math import Formula, MathEngine

MACROS = {
    r"\R": r"\mathbb{R}",
    r"\argmax": r"\operatorname*{arg\,max}",
    r"\norm": r"\lVert #1 \rVert",
    r"\ip": r"\langle #1, #2 \rangle",
}


def formulas() -> list[str]:
    """The formulas of formulas.txt."""
    lines = Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sampled(values: Sequence[str]) -> list[Any]:
    """Values as parameters of a test: one in ten is enough for the quick tests."""
    slow = [pytest.mark.slow]
    return [pytest.param(value, marks=slow if i % 10 else []) for i, value in enumerate(values)]


def display(tex: str) -> Formula:
    """A displayed formula."""
    return Formula(tex, display=True)


# One for all tests: the scripts start with the first formula, and that takes a moment.
ENGINE = MathEngine(MACROS)
