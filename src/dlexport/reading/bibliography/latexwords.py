"""LaTeX of a bibliography as Unicode text: accents, commands, formulas in words."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.macrospec import LatexContextDb

# The converter changes its own settings while it is within a formula.
_ONE_AT_A_TIME = threading.Lock()
# What means something else in LaTeX; where none of it stands, there is nothing to convert.
_SPECIAL = re.compile(r"[\\{}$~%&#^_`]|''|--")
# BibTeX has neither comments nor columns within a value: people write these signs as they are.
_PLAIN = re.compile(r"(?<!\\)((?:\\\\)*)([%&])")
# Commands for words and signs that pylatexenc does not know.
_SIGNS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
}  # fmt: skip


class LatexError(ValueError):
    """What the converter cannot read."""


def words(latex: str) -> str:
    """LaTeX as text on one line. Raise LatexError where it cannot be read."""
    text = latex
    if _SPECIAL.search(text):
        text = _PLAIN.sub(r"\1\\\2", text)
        with _ONE_AT_A_TIME:
            try:
                text = _converter().latex_to_text(text, latex_context=_arguments())
            except Exception as error:  # its own commands fail on odd arguments in many ways
                raise LatexError(str(error) or type(error).__name__) from error
    return re.sub(r"\s+", " ", text).strip()


@cache
def _arguments() -> LatexContextDb:
    """How many arguments commands have, those too that pylatexenc does not parse."""
    from pylatexenc import latexwalker, macrospec

    commands = {"href": "{{", "textcolor": "[{{", "url": "{"}
    known = latexwalker.get_default_latex_context_db()
    macros = [macrospec.std_macro(name, arguments) for name, arguments in commands.items()]
    known.add_context_category("dlexport", macros=macros, prepend=True)
    return known


@cache
def _converter() -> LatexNodes2Text:
    """pylatexenc's converter, which keeps the words of commands that it does not know.

    By itself it drops those of `\\mbox` and `\\texttt`, and `\\LaTeX`.
    """
    from pylatexenc import latex2text

    shown = latex2text.get_default_latex_context_db()
    texts = {**_SIGNS, "href": "%(2)s", "textcolor": "%(3)s", "url": "%(1)s"}
    macros = [latex2text.MacroTextSpec(name, text) for name, text in texts.items()]
    shown.add_context_category("dlexport", macros=macros, prepend=True)
    shown.set_unknown_macro_spec(latex2text.MacroTextSpec("", discard=False))
    return latex2text.LatexNodes2Text(latex_context=shown, math_mode="text")
