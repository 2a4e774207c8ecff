"""Formulas in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlexport.math import Formula
from dlexport.math.speech import words
from formulas.samples import ENGINE


@pytest.mark.parametrize(
    ("tex", "spoken"),
    [
        (r"\frac{p}{q}", "p over q"),
        (r"\frac{a+b}{c}", "the fraction a plus b, over c, end of fraction"),
        (r"x^2", "x squared"),
        (r"A^\top B^{-1}", "A transpose B inverse"),
        (r"x_i^{n+1}", "x sub i to the power of n plus 1"),
        (r"W^{(l)}", "W superscript l"),
        (r"\hat\theta_t", "theta hat sub t"),
        (r"f''(x)", "f double prime of x"),
        (r"\sum_{i=1}^{n} x_i", "the sum from i equals 1 to n of x sub i"),
        (r"\operatorname*{arg\,min}_w L(w)", "arg min sub w L of w"),
        (r"\arg\max_\theta p", "the arg max over theta of p"),
        (r"\nabla_\theta J(\theta)", "the gradient with respect to theta of J of theta"),
        (r"p(x \mid z)", "p of x given z"),
        (r"p(x|z)", "p of x given z"),
        (r"|x|", "the absolute value of x, end of absolute value"),
        (r"\left\|x\right\|_2", "the norm of x, end of norm, sub 2"),
        (
            r"\mathbf{x} \in \mathbb{R}^{n \times d}",
            "bold x in the real numbers of dimension n by d",
        ),
        (r"\sqrt{x}, \sqrt[3]{x}", "the square root of x, the cube root of x"),
        (r"\Sigma \neq \varepsilon", "capital sigma does not equal epsilon"),
        (
            r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
            "a 2 by 2 matrix with rows 1, 2; 3, 4; end of matrix",
        ),
        (r"\text{if } x > 0", "if x is greater than 0"),
        (r"\underbrace{a+b}_{\text{sum}}", "a plus b, labelled sum"),
        (r"3.14 + 10", "3.14 plus 10"),
        (r"\unheardof{x}", "unheardof x"),
        (r"\frac{1", r"\frac{1"),
        ("", "formula"),
    ],
)
def test_words(tex: str, spoken: str) -> None:
    assert words(tex) == spoken


def test_big_matrices_are_only_measured() -> None:
    tex = r"\begin{bmatrix}" + r"\\".join(["a&b&c&d"] * 5) + r"\end{bmatrix}"
    assert words(tex) == "a 5 by 4 matrix"


def test_macros_are_said_as_what_they_stand_for() -> None:
    assert ENGINE.speech(Formula(r"\norm{x}")) == "the norm of x, end of norm"


@given(st.text(alphabet="ab\\{}[]()|$%#^_&~'., 1\n", max_size=40))
def test_anything_can_be_said(tex: str) -> None:
    assert words(tex)
    assert words(tex) == words(tex)


@pytest.mark.slow
def test_depth_does_no_harm() -> None:
    assert words("{" * 2000 + "x" + "}" * 2000)  # deeper than Python may go
