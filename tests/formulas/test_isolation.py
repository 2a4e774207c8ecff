"""No formula knows what another did, and none holds up the rest."""

from __future__ import annotations

import hashlib
import threading
import time

import pytest

from dlexport.math import Formula, FormulaError, MathEngine
from dlexport.math.javascript import Machine
from formulas.samples import ENGINE, display

DEFINITIONS = [
    r"\newcommand{\leak}{x} \leak",
    r"\def\leak{x} \leak",
    r"\let\leak=x \leak",
    r"\DeclareMathOperator{\leak}{leak} \leak",
    r"\newcommand{\leak}{x} \leak {",
]


@pytest.mark.parametrize("tex", DEFINITIONS)
def test_a_definition_ends_with_its_formula(tex: str) -> None:
    ENGINE.check(display(tex))
    error = ENGINE.check(display(rf"\leak + {DEFINITIONS.index(tex)}"))
    assert error is not None
    assert r"\leak" in error.message


def test_a_redefinition_ends_with_its_formula() -> None:
    before = ENGINE.draw(display(r"\alpha + 1"))
    ENGINE.draw(display(r"\renewcommand{\alpha}{x} \alpha"))
    assert MathEngine().draw(display(r"\alpha + 1")) == before
    assert ENGINE.draw(display(r"\alpha + 1 ")).svg == before.svg


@pytest.mark.parametrize("command", [r"\global\def\x{y} \x", r"\gdef\x{y} \x", r"\endgroup x"])
def test_groups_cannot_be_left(command: str) -> None:
    assert ENGINE.check(display(command)) is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    "tex",
    [
        r"\def\a{\a\a}\a",
        r"\def\a{\a}\a",
        r"\def\a#1{\a{#1#1}}\a{x}",
        "{" * 5000 + "x" + "}" * 5000,
        r"\sqrt{" * 3000 + "x" + "}" * 3000,
    ],
    ids=["doubling", "endless", "growing", "braces", "roots"],
)
def test_endless_formulas_end(tex: str) -> None:
    begin = time.process_time()
    error = ENGINE.check(display(tex))
    assert isinstance(error, FormulaError)
    assert time.process_time() - begin < 30
    assert ENGINE.check(display("x + 1")) is None


@pytest.mark.slow
def test_time_is_limited() -> None:
    engine = MathEngine(seconds=0.2)
    assert engine.check(display("x")) is None
    error = engine.check(display("+".join(["x_1^2"] * 9000)))
    assert error == FormulaError("the formula takes too long")
    assert engine.check(display("y")) is None


def test_time_of_other_threads_does_not_count() -> None:
    """A formula has its own processor time, however many are drawn beside it."""
    script = "function count(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return `${s}`; }"
    begin = time.process_time()
    Machine([script], 60, 64).call("count", 3e6)
    needed = time.process_time() - begin
    done = threading.Event()
    others = [threading.Thread(target=compute_until, args=(done,)) for _ in range(7)]
    for other in others:
        other.start()
    try:
        assert Machine([script], 3 * needed, 64).call("count", 3e6) == 4499998500000
    finally:
        done.set()
        for other in others:
            other.join()


def compute_until(done: threading.Event) -> None:
    """Keep a processor busy without Python's lock."""
    data = bytes(1 << 22)
    while not done.is_set():
        hashlib.sha256(data)


@pytest.mark.slow
def test_memory_is_limited() -> None:
    engine = MathEngine(megabytes=40)
    assert engine.check(display("x")) is None
    error = engine.check(display("+".join(["x_1^2"] * 9000)))
    assert error == FormulaError("the formula takes too much memory")
    assert engine.check(display("y")) is None


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [1, 3])
def test_any_thread_may_use_an_engine(at_once: int) -> None:
    """What several threads ask for at a time comes out as what one asks for."""
    formulas = [display(rf"{name}_{{{n}}} \in \mathbb{{R}}") for n in range(20) for name in "abcd"]
    shared = MathEngine()
    shared.draw_at_once(at_once)

    def work(some: list[Formula]) -> None:
        for formula in some:
            assert shared.check(formula) is None
            shared.draw(formula)
            shared.mathml(formula)

    # Each formula is wanted by two threads.
    threads = [threading.Thread(target=work, args=(formulas[n % 2 :: 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [shared.draw(formula) for formula in formulas] == [ENGINE.draw(f) for f in formulas]
    assert [shared.mathml(formula) for formula in formulas] == [ENGINE.mathml(f) for f in formulas]
