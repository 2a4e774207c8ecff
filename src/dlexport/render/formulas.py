"""Formulas in texts, and the engine that draws those of one collection."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from markdown_it.token import Token

from dlexport.engine import cache
from dlexport.engine.workers import Workshop
from dlexport.math import Formula, FormulaError, MathEngine
from dlexport.model import Collection

_INLINE = ("math_inline",)
_DISPLAY = ("math_block", "math_inline_double")


def formula_of(token: Token) -> Formula | None:
    """The formula that a token holds, if it holds one."""
    if token.type in _INLINE:
        return Formula(token.content.strip(), display=False)
    if token.type in _DISPLAY or (token.type == "fence" and token.info.split()[:1] == ["math"]):
        return Formula(token.content.strip(), display=True)
    return None


@functools.cache
def _engine(macros: tuple[tuple[str, str], ...]) -> MathEngine:
    return MathEngine(dict(macros))


def restore(collection: Collection) -> None:
    """Take over what an earlier build drew of the collection's formulas."""
    store = cache.current()
    data = store.get(_key(collection)) if store else None
    if data:
        engine_for(collection).restore(data)


def keep(collection: Collection) -> None:
    """Keep what was drawn of the collection's formulas for later builds."""
    store = cache.current()
    if store:
        data = engine_for(collection).results()
        if store.get(_key(collection)) != data:
            store.put(_key(collection), data)


def _key(collection: Collection) -> str:
    return cache.key_of("formulas", str(collection.root), repr(collection.metadata.macros))


def drawing(collection: Collection, workshop: Workshop) -> list[Callable[[], None]]:
    """Tasks, for as many processors as are free, that draw all formulas of the questions.

    What cannot be drawn is left to whoever asks for it.
    """
    count = workshop.spare
    if not count:
        return []
    tokens = (
        token
        for question in collection.questions
        for text in question.texts
        for token in text.everything
    )
    found = list(dict.fromkeys(f for token in tokens if (f := formula_of(token))))
    engine = engine_for(collection)
    engine.draw_at_once(count)

    def draw(some: Sequence[Formula]) -> None:
        for formula in some:
            workshop.go_on()
            with suppress(FormulaError):
                engine.draw(formula)

    return [partial(draw, found[i::count]) for i in range(count)]


def engine_for(collection: Collection) -> MathEngine:
    """The engine with the collection's macros; made once, formulas drawn once."""
    return _engine(tuple(sorted(collection.metadata.macros.items())))
