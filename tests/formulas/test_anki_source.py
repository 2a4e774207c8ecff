"""The source for Anki's MathJax 3."""

from __future__ import annotations

import pytest

from dlexport.math import FormulaError
from formulas.samples import ENGINE, display, formulas, sampled


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\R^n", r"\mathbb{R}^n"),
        (r"\bm{x}", r"\boldsymbol{x}"),
        ("a % no\n b", "a  b"),
        (r"a = b \\", "a = b"),
        (r"a \\ b", r"\begin{gathered}a \\ b\end{gathered}"),
        (r"\begin{align}a&=b\end{align}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{aligned}[t]a\end{aligned}", r"\begin{aligned}a\end{aligned}"),
        (r"\begin{array}[b]{cc}a\end{array}", r"\begin{array}{cc}a\end{array}"),
        (r"\left[\begin{matrix}a\\b\end{matrix}\right]", None),
        (r"\text{50\,\% of \#1 \& a\_b}", "\\text{50\u2009% of #1 & a_b}"),
        (r"\text{cost: \$5, \{a\}}", r"\text{cost: \$5, $\{$a$\}$}"),
        (r"\text{a {b} c~d}", "\\text{a b c\u00a0d}"),
        (r"\text{if $\R\,$ is}", r"\text{if $\mathbb{R}\,$ is}"),
        (r"\tag*{A\_1}", r"\tag*{A_1}"),
        (r"\mathrm{C_nH_{2n+2}}", r"\mathrm{C_{n}H_{2n+2}}"),
        (r"\mathbf{A_i^2} + x_i", r"\mathbf{A_{i}^{2}} + x_i"),
        (r"\mathbf{\theta}", r"\mathbf{\boldsymbol{\theta}}"),
        (r"\mathbf\theta x", r"\mathbf{\boldsymbol{\theta}} x"),
        (r"\mathbf{A\Theta}", r"\mathbf{A\boldsymbol{\Theta}}"),
        (r"\mathbf{A\boldsymbol{b\Theta}}", None),
    ],
)
def test_written_for_anki(tex: str, written: str | None) -> None:
    assert ENGINE.tex(display(tex)) == (tex if written is None else written)


@pytest.mark.parametrize(
    "tex", [r"\text{\textbf{a}}", r"\text{\'e}", r"\text{\alpha}", r"\text{a\\b}"]
)
def test_text_that_anki_cannot_show(tex: str) -> None:
    with pytest.raises(FormulaError, match="Anki"):
        ENGINE.tex(display(tex))


@pytest.mark.parametrize("tex", sampled(formulas()))
def test_writing_twice_changes_nothing(tex: str) -> None:
    once = ENGINE.tex(display(tex))
    if r"\text" not in once:
        assert ENGINE.tex(display(once)) == once
