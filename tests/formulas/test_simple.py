"""What is taken for simple without being drawn is drawn by all engines all the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlexport.math import Formula, MathEngine, simple
from dlexport.math.plaintext import plain_text
from dlexport.math.simple import is_simple
from dlexport.math.tokens import join, token_texts
from formulas.samples import formulas, sampled

ENGINE = MathEngine()
COMMANDS = sorted(
    simple._SYMBOLS | simple._OPERATORS | simple._FENCES | simple._SIGNS | frozenset("xX7")
)


def assert_sound(tex: str) -> None:
    """Draw it, convert it, and write it for Anki as it stands."""
    for formula in (Formula(tex), Formula(tex, display=True)):
        assert ENGINE.draw(formula).width_ex > 0
        assert ENGINE.mathml(formula)
        assert join(plain_text(ENGINE._tokens(formula)))[0] == tex


@pytest.mark.parametrize("sign", sampled(COMMANDS))
def test_every_sign(sign: str) -> None:
    """By itself, with indices, in a group and between delimiters."""
    tex = rf"{sign} {sign}_{{{sign}}}^{{{sign} x}} {sign}'_i \frac{{{sign}}}{{{sign}}} {sign}"
    assert is_simple(token_texts(tex))
    assert_sound(tex)
    assert_sound(rf"\left( {sign} \right)^2")
    if sign in simple._ARGUMENTS:
        assert_sound(rf"x^{sign} \frac {sign} {sign} \hat {sign} y")
    if sign in simple._DELIMITERS:
        assert_sound(rf"\left{sign} x \right{sign}_i \bigl{sign} \Biggr{sign}^2")


@pytest.mark.parametrize("command", sorted([*simple._TAKES, *simple._ALPHABETS]))
def test_every_command(command: str) -> None:
    """With all that may stand in its braces."""
    letters = " ".join(sorted(simple._ALPHABETS.get(command, "x")))
    braces = f"{{{letters}}}"
    tex = rf"{command}{braces * simple._TAKES.get(command, 1)}_i^2"
    assert is_simple(token_texts(tex))
    assert_sound(tex)


PARTS = st.sampled_from(
    [
        *COMMANDS,
        *simple._SPACES,
        *r"^ _ ^ _ ' { } \sqrt \frac \hat \binom \left( \right) \bigl[ \bigr| 2 x".split(),
        *(r"\mathbf{x}", r"\mathbb{R}", r"\text{if so}", r"\operatorname{tr}"),
    ]
)
GROUPS = st.recursive(
    PARTS, lambda parts: st.lists(parts, min_size=1, max_size=4).map(lambda p: f"{{{' '.join(p)}}}")
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(GROUPS, min_size=1, max_size=9).map(" ".join))
def test_any_parts(tex: str) -> None:
    """Whatever is put together: where it is called simple, it is."""
    if is_simple(token_texts(tex)):
        assert_sound(tex)


@pytest.mark.parametrize(
    "tex",
    [
        *("", " ", "{}", r"\,", "x^", "^2", "x^2^3", "x_i_j", "x^2'", r"\frac{a}", "{a", "a}"),
        *(r"\hat", r"\left( a", r"a \right)", r"\left a", r"\sqrt[3]{x}", r"\mathbb{r}", r"\no"),
        *(r"a \\ b", "a & b", "a % b", "ä", r"\begin{cases} a \end{cases}", r"\text{\%}", "x_{}"),
        *(r"\text{ }", "x" * 401, "{" * 13 + "x" + "}" * 13, r"\left" + "( \\left" * 13),
    ],
)
def test_what_is_left_to_the_engines(tex: str) -> None:
    """Some of it is wrong, some right: this does not say."""
    assert not is_simple(token_texts(tex))


def test_samples() -> None:
    """What the table of formulas has is sound in any case, and some of it is simple."""
    found = [tex for tex in formulas() if is_simple(token_texts(tex))]
    assert len(found) > len(formulas()) / 4


MACROS = {r"\R": r"\mathbb{R}", r"\half": r"\frac{#1}{2}", r"\no": r"\hbox{#1}", r"\u": r"\u"}


def test_no_drawing_for_a_check() -> None:
    """A check of a simple formula starts no machine, nor one whose macros stand for such."""
    engine = MathEngine(MACROS)
    for tex, plain in {
        r"\frac{x}{2}": r"\frac{x}{2}",
        r"x \in \R^n": r"x \in \mathbb{R}^n",
        r"\half\alpha x": r"\frac{\alpha}{2} x",
    }.items():
        assert engine.check(Formula(tex)) is None
        assert engine.tex(Formula(tex)) == plain
    assert not {"_converter", "_drawers"} & vars(engine).keys()


@pytest.mark.parametrize("tex", [r"\R^n_i", r"\half{\half\R}", r"\left(\half n\right)^2 x"])
def test_simple_macros_are_sound(tex: str) -> None:
    """What is simple without its macros is what the engines give to those who draw."""
    engine = MathEngine(MACROS)
    source = engine._simple_source(Formula(tex))
    assert source == join(plain_text(engine._tokens(Formula(tex))))[0]
    assert_sound(source)


@pytest.mark.parametrize("tex", [r"\no{x}", r"\half", r"\u", r"\mathbf{\R}", r"\half{} x_\R_i"])
def test_macros_that_are_left_to_the_engines(tex: str) -> None:
    """Some stand for what is not simple, some for nothing that there is."""
    assert MathEngine(MACROS)._simple_source(Formula(tex)) is None


def test_later_drawings_are_kept() -> None:
    """What was only checked and is drawn later is handed on to later builds."""
    engine = MathEngine()
    engine.check(Formula("x"))
    engine.mathml(Formula("x"))
    again = MathEngine()
    again.restore(engine.results())
    assert again.mathml(Formula("x")) == engine.mathml(Formula("x"))
    assert "_converter" not in vars(again)
