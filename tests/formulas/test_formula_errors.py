"""Bad formulas: what is said, and where."""

from __future__ import annotations

import pytest

from dlexport.math import FormulaError, MathEngine
from formulas.samples import ENGINE, display


@pytest.mark.parametrize(
    ("tex", "position", "words"),
    [
        (r"a + \foo x", 4, r"\foo"),
        (r"a + \frac{\foo}{2}", 10, r"\foo"),
        (r"\frac{1}{\sqrt{\foo}}", 15, r"\foo"),
        (r"\frac{1", 7, "close brace"),
        (r"x^2^3", 3, "exponent"),
        (r"a & b", 3, "&"),
        (r"\left( x", 0, r"\right"),
        (r"x \begin{aligned} a \end{gathered}", 2, "aligned"),
        (r"\begin{nothing} a \end{nothing}", 15, "nothing"),
        (r"\norm", 0, "1 argument"),
        (r"x + \ip{a}", 4, "2 arguments"),
        (r"\norm{a} + \foo", 11, r"\foo"),
        (r"\R^n \to \foo", 9, r"\foo"),
        (r"\newcommand{\R}{x}", 12, r"\R"),
        (r"\text{😀😀} + \foo", 12, r"\foo"),
        (r"\bm{x} + \foo", 9, r"\foo"),
        (r"\color{red}", 0, "nothing"),
        (r"\phantom{x}", 0, "nothing"),
        (r"a \iddots b", 2, "Anki"),
        (r"\begin{darray}{c} a \end{darray}", 7, "Anki"),
        (r"x \text{a \textbf{b}}", 10, "Anki"),
    ],
)
def test_the_place_is_known(tex: str, position: int, words: str) -> None:
    error = ENGINE.check(display(tex))
    assert error is not None
    assert words in error.message
    assert error.position == position


@pytest.mark.parametrize("tex", ["", " ", "\n", "% nothing", "{}", r"\\", r"{ } \\ %x"])
def test_nothing_is_an_error(tex: str) -> None:
    assert ENGINE.check(display(tex)) == FormulaError("the formula is empty", 0)
    with pytest.raises(FormulaError, match="empty"):
        ENGINE.draw(display(tex))
    with pytest.raises(FormulaError, match="empty"):
        ENGINE.mathml(display(tex))


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{https://example.org}{x}",
        r"\require{physics} x",
        r"\class{a}{x}",
        r"\style{color:red}{x}",
        r"\includegraphics{x.png}",
        r"\unicode{x41}\input{file}",
    ],
)
def test_what_reaches_outside_is_refused(tex: str) -> None:
    assert ENGINE.check(display(tex)) is not None


def test_an_error_does_not_spoil_the_next_formula() -> None:
    before = ENGINE.mathml(display("a+b"))
    assert ENGINE.check(display(r"{\frac{a}")) is not None
    assert ENGINE.check(display(r"\begin{aligned} a")) is not None
    assert ENGINE.check(display("a+c")) is None
    assert MathEngine().mathml(display("a+b")) == before


def test_half_a_character_never_comes_out() -> None:
    """Both engines take sixteen bits for a character after \\not."""
    error = ENGINE.check(display("\\not\N{GRINNING FACE}"))
    assert error is not None
    assert "half a character" in error.message
    unknown = ENGINE.check(display(r"\udef"))
    assert unknown is not None
    assert r"\udef" in unknown.message


@pytest.mark.parametrize("tex", [r"\unicode{2}", r"x^{\unicode{3}}", r"\unicode{xFFFF}"])
def test_characters_that_no_document_may_have(tex: str) -> None:
    """A formula's own command for any character gives no broken drawing."""
    error = ENGINE.check(display(tex))
    assert error
    assert "which is no character" in error.message


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"a \coloneq b", r"write \coloneqq"),
        (r"a \Eqcolon b", r"write \Eqqcolon"),
        (r"see \eqref{a}", "name it in words"),
        (r"\ref{a}", "name it in words"),
        (r"\newtagform{x}{[}{]}\usetagform{x} a", "name it in words"),
        (r"a \* b", "unknown to the MathJax in Anki"),
        (r"\char65", "unknown to the MathJax in Anki"),
        (r"\parbox{a}", "unknown to the MathJax in Anki"),
        (r"\begin{math}a\end{math}", "the environment math is unknown"),
    ],
)
def test_what_looks_otherwise_in_anki(tex: str, words: str) -> None:
    """Known to both engines, and drawn in two ways or with a reference that leads nowhere."""
    error = ENGINE.check(display(tex))
    assert error
    assert words in error.message
