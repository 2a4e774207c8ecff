"""The math engine: one object for all that is done with formulas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from functools import cached_property

from dlexport.math import mathjax
from dlexport.math.files import script
from dlexport.math.javascript import Machine, Machines, ScriptError
from dlexport.math.looks import for_temml
from dlexport.math.macros import MacroTable
from dlexport.math.model import NO_XML, Drawing, Formula, FormulaError
from dlexport.math.plaintext import plain_text
from dlexport.math.portable import portable
from dlexport.math.simple import is_simple
from dlexport.math.styles import check_styles
from dlexport.math.tokens import Token, is_empty, join, token_texts

# Both engines cut a character outside the basic plane in two after \not; only
# what Temml gives shows it.
_HALF = "half a character"


class MathEngine:
    """Formulas to SVG, MathML and words, with the macros of a collection.

    Every formula stands alone: what one defines, the next does not know. Results are
    kept, so a formula is worked on once. Any thread may use an engine.
    """

    def __init__(
        self, macros: Mapping[str, str] | None = None, *, seconds: float = 5.0, megabytes: int = 512
    ) -> None:
        """Take macros as `expand_macros` does; raise ValueError for one that cannot be one.

        `seconds` limits the processor time for a formula, `megabytes` the memory.
        """
        self._macros = MacroTable(macros or {})
        self._seconds = seconds
        self._megabytes = megabytes
        self._drawings: dict[tuple[Formula, float], Drawing] = {}
        self._mathml: dict[Formula, str] = {}
        self._asked: set[Formula] = set()
        self._simple: dict[Formula, str | None] = {}

    def results(self) -> bytes:
        """All that is known of the formulas asked for so far, for `restore` in a later process."""
        # Copies, since other threads may add to them meanwhile.
        drawings = [
            (*astuple(formula), width, *astuple(drawing))
            for (formula, width), drawing in self._drawings.copy().items()
            if formula in self._asked
        ]
        known = self._mathml.copy().items()
        mathml = [(*astuple(f), text) for f, text in known if f in self._asked]
        return json.dumps([drawings, mathml]).encode()

    def restore(self, results: bytes) -> None:
        """Take over the results of an engine of the same version with the same macros."""
        drawings, mathml = json.loads(results)
        for tex, display, width, *drawing in drawings:
            self._drawings[Formula(tex, display), width] = Drawing(*drawing)
        for tex, display, text in mathml:
            self._mathml[Formula(tex, display)] = text

    def draw_at_once(self, count: int) -> None:
        """Make up to so many drawings at a time for different threads, instead of one."""
        self._drawers.limit = count

    def draw(self, formula: Formula, *, width_em: float | None = None) -> Drawing:
        """The formula as SVG.

        A displayed formula wider than `width_em` (1 em is 2 ex here) is broken at its
        operators; where that is impossible the drawing is wider. Raise FormulaError.
        """
        self._asked.add(formula)
        key = (formula, width_em or 0.0 if formula.display else 0.0)
        found = self._drawings.get(key)
        if found is None:
            with self._expanded(formula) as tex, self._drawers.one() as machine:
                found = self._drawings.get(key)  # by whoever had the machine before
                if found is None:
                    words = self.speech(formula)
                    found = mathjax.draw(machine, tex, formula.display, key[1], words)
                    self._drawings[key] = found
        return found

    def mathml(self, formula: Formula) -> str:
        """The formula as a MathML Core element, its source as `alttext`. Raise FormulaError."""
        from dlexport.math import temml  # with the XML library, which few need

        found = self._mathml.get(formula)
        if found is None:
            with self._expanded(formula, for_temml) as tex:
                source = " ".join(formula.tex.split())
                found = temml.convert(self._converter, tex, formula.display, source)
            self._mathml[formula] = found
        return found

    def tex(self, formula: Formula) -> str:
        """The formula's source for Anki's MathJax 3, macros expanded. Raise FormulaError."""
        simple = self._simple_source(formula)
        return join(plain_text(self._tokens(formula)))[0] if simple is None else simple

    def speech(self, formula: Formula) -> str:
        """The formula in English words, for those who cannot see it. Never fails."""
        from dlexport.math.speech import words

        try:
            return words(join(self._tokens(formula))[0])
        except FormulaError:
            return words(formula.tex)

    def check(self, formula: Formula) -> FormulaError | None:
        """What keeps the formula from being drawn or shown by Anki, if anything does.

        A formula that cannot be MathML is no error: it is shown as a drawing. One that is
        seen to be simple is not drawn for that.
        """
        if self._simple_source(formula) is not None:
            self._asked.add(formula)
            return None
        try:
            self.draw(formula)
        except FormulaError as error:
            return FormulaError(error.message, self._place_by_temml(formula, error))
        try:
            self.tex(formula)
        except FormulaError as error:
            return error
        try:
            self.mathml(formula)
        except FormulaError as error:
            return error if _HALF in error.message else None
        return None

    def on_screen(self, formula: Formula) -> str:
        """The formula for a browser: MathML, or where Temml lacks a command an SVG drawing.

        Raise FormulaError for one that MathJax does not take either.
        """
        try:
            return self.mathml(formula)
        except FormulaError:
            return self.draw(formula).svg

    def _simple_source(self, formula: Formula) -> str | None:
        """The source, its macros expanded, where that is seen to be simple."""
        if formula not in self._simple:
            try:
                source = self._without_macros(formula.tex)
            except FormulaError:
                self._simple[formula] = None
            else:
                texts = token_texts(source)
                is_sound = is_simple(texts) and not texts[-1].isspace()
                self._simple[formula] = source if is_sound else None
        return self._simple[formula]

    def _without_macros(self, tex: str) -> str:
        used = self._macros.is_used_in(token_texts(tex))
        return join(self._macros.expand(tex))[0] if used else tex

    def _place_by_temml(self, formula: Formula, error: FormulaError) -> int | None:
        if error.position is not None:
            return error.position
        try:
            self.mathml(formula)
        except FormulaError as other:
            return other.position
        return None

    def _tokens(self, formula: Formula) -> list[Token]:
        strange = NO_XML.search(formula.tex)
        if strange:
            raise FormulaError(f"a control character, {strange[0]!r}", strange.start())
        tokens = portable(self._macros.expand(formula.tex))
        check_styles(tokens)
        if is_empty(tokens):
            raise FormulaError("the formula is empty", 0)
        return tokens

    @contextmanager
    def _expanded(
        self, formula: Formula, rewritten: Callable[[list[Token]], list[Token]] = list
    ) -> Iterator[str]:
        """The source to work on; errors that come up get their place in the original."""
        tex, places = join(rewritten(self._tokens(formula)))
        try:
            yield tex
        except FormulaError as error:
            origins = [*places, len(formula.tex)]
            found = _characters(tex, error.position)
            message = _in_the_authors_words(error.message, formula)
            raise FormulaError(message, None if found is None else origins[found]) from None
        except ScriptError as error:
            raise FormulaError(f"the formula {error}") from error

    @cached_property
    def _converter(self) -> Machine:
        return Machine([script("temml.js")], self._seconds, self._megabytes)

    @cached_property
    def _drawers(self) -> Machines:
        return Machines([script("mathjax.js")], self._seconds, self._megabytes)


def _in_the_authors_words(message: str, formula: Formula) -> str:
    """The message without the environment that line breaks were put into."""
    if "{gathered}" in message and "gathered" not in formula.tex:
        return r"Braces, or \left and \right, do not match between line breaks"
    return message


def _characters(text: str, units: int | None) -> int | None:
    """The number of characters in so many of the 16-bit units that JavaScript counts."""
    if units is None:
        return None
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
