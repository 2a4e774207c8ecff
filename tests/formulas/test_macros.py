"""Macros of the collection, expanded in the source."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlexport.math import FormulaError, MathEngine, expand_macros
from formulas.samples import ENGINE, display

MACROS = {
    r"\R": r"\mathbb{R}",
    r"\Rd": r"\R^d",
    r"\a": r"\alpha",
    r"\argmax": r"\operatorname*{arg\,max}",
    r"\norm": r"\lVert #1 \rVert",
    r"\ip": r"\langle #1, #2 \rangle",
    r"\swap": r"#2 #1",
    r"\half": r"\frac12",
    r"\bf": r"\mathbf#1",
    r"\?": r"\operatorname{what}",
    r"\note": "a % kept out\n b",
}


@pytest.mark.parametrize(
    ("tex", "expanded"),
    [
        # Names end where TeX ends them.
        (r"\R x", r"\mathbb{R} x"),
        (r"\Rx", r"\Rx"),
        (r"\R{}x", r"\mathbb{R}{}x"),
        (r"\a b", r"\alpha b"),
        (r"\a{b}", r"\alpha{b}"),
        (r"\a1", r"\alpha1"),
        (r"\\R", r"\\R"),
        (r"\\\R", r"\\\mathbb{R}"),
        (r"\?x", r"\operatorname{what}x"),
        # Arguments are groups or single tokens.
        (r"\norm{x}", r"\lVert x \rVert"),
        (r"\norm x y", r"\lVert x \rVert y"),
        (r"\norm\a", r"\lVert \alpha \rVert"),
        (r"\norm {x}", r"\lVert x \rVert"),
        (r"\norm{{x}}", r"\lVert {x} \rVert"),
        (r"\norm{\}}", r"\lVert \} \rVert"),
        ("\\norm\n% why\n{x}", r"\lVert x \rVert"),
        (r"\ip{a}{b}", r"\langle a, b \rangle"),
        (r"\ip ab", r"\langle a, b \rangle"),
        (r"\swap{a}{b}", r"b a"),
        (r"\bf x", r"\mathbf x"),
        # Macros in macros, and in arguments.
        (r"\Rd", r"\mathbb{R}^d"),
        (r"\norm{\R}", r"\lVert \mathbb{R} \rVert"),
        (r"\norm{\norm{x}}", r"\lVert \lVert x \rVert \rVert"),
        # TeX takes a macro whole where it wants one argument.
        (r"x^\R", r"x^{\mathbb{R}}"),
        (r"x_\half", r"x_{\frac12}"),
        (r"x^\a", r"x^\alpha"),
        (r"\frac\R2", r"\frac{\mathbb{R}}2"),
        (r"\frac2\R", r"\frac2{\mathbb{R}}"),
        (r"\frac{1}{2}\R", r"\frac{1}{2}\mathbb{R}"),
        (r"\sqrt[3]\R", r"\sqrt[3]{\mathbb{R}}"),
        (r"\hat\R_i", r"\hat{\mathbb{R}}_i"),
        (r"x^2\R", r"x^2\mathbb{R}"),
        (r"\argmax_x", r"\operatorname*{arg\,max}_x"),
        # Text and comments are left alone, math in text is not.
        (r"\text{\R}", r"\text{\R}"),
        (r"\text{in $\R$ or \(\R\)} \R", r"\text{in $\mathbb{R}$ or \(\mathbb{R}\)} \mathbb{R}"),
        ("x % \\R\n\\R", "x % \\R\n\\mathbb{R}"),
        (r"\% \R", r"\% \mathbb{R}"),
        (r"\note", "a  b"),
    ],
)
def test_expansion(tex: str, expanded: str) -> None:
    assert expand_macros(tex, MACROS) == expanded


@pytest.mark.parametrize(
    ("tex", "position", "words"),
    [
        (r"x + \norm", 4, "needs 1 argument"),
        (r"{\norm}", 1, "needs 1 argument"),
        (r"\ip{a}", 0, "needs 2 arguments"),
        (r"x \norm{a", 2, "no end"),
        (r"x \loop", 2, "without end"),
        (r"\grow{x}", 0, "without end"),
        (r"\def\R{x}", 4, "already"),
    ],
)
def test_what_cannot_be_expanded(tex: str, position: int, words: str) -> None:
    macros = MACROS | {r"\loop": r"\loop\loop", r"\grow": r"\grow{#1#1}"}
    with pytest.raises(FormulaError, match=words) as caught:
        expand_macros(tex, macros)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("R", "x"),
        (r"\R2", "x"),
        ("\\", "x"),
        (r"\R", "{"),
        (r"\R", "}{"),
        (r"\R", "#0"),
        (r"\R", "#"),
    ],
)
def test_what_cannot_be_a_macro(name: str, body: str) -> None:
    with pytest.raises(ValueError, match="macro"):
        MathEngine({name: body})


PIECES = st.sampled_from(
    [
        "x",
        "ab",
        "1",
        "+",
        " ",
        "{",
        "}",
        "^",
        "_",
        "\n",
        r"\R",
        r"\a",
        r"\half",
        r"\alpha",
        r"\,",
        r"\\",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_letters_are_joined(tex: str) -> None:
    """Every control word of the outcome is one of the source or of a macro."""
    known = set(re.findall(r"\\[A-Za-z]+", " ".join([tex, *MACROS.values()])))
    expanded = expand_macros(tex, MACROS)
    assert set(re.findall(r"\\[A-Za-z]+", expanded.replace(r"\\", " "))) <= known
    assert not set(MACROS) & set(re.findall(r"\\[A-Za-z]+", expanded.replace(r"\\", " ")))


@given(st.text(alphabet="abR\\{}$%#^_ 1\n", max_size=30))
def test_without_macros_nothing_changes(tex: str) -> None:
    assert expand_macros(tex, {}) == tex


@given(st.text(alphabet="abR\\{}$%#^_ 1\n", max_size=30))
def test_anything_is_expanded_or_refused(tex: str) -> None:
    position: int | None = 0
    try:
        expand_macros(tex, MACROS)
    except FormulaError as error:
        position = error.position
    assert position in range(len(tex) + 1)


def test_a_macro_draws_what_it_stands_for() -> None:
    assert (
        ENGINE.draw(display(r"\norm{x} \in \R")).svg
        == ENGINE.draw(display(r"\lVert x \rVert \in \mathbb{R}")).svg
    )
