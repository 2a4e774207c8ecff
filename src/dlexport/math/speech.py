"""Formulas in words: what a screen reader says in place of the picture.

This reads TeX, not its meaning: it knows how people say fractions, scripts, sums and
matrices, and says what it does not know by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dlexport.math import vocabulary as say
from dlexport.math.reader import Reader
from dlexport.math.signs import SIGNS
from dlexport.math.spoken import COMMANDS, bounded
from dlexport.math.spoken import name as said_name
from dlexport.math.tokens import Token, join, tokenise

_GAP = re.compile(r"\s+(?=[,;.:?])")
_COMMAS = re.compile(r",(?:\s*,)+")


def words(tex: str) -> str:
    """The formula in English words, always the same for the same TeX. Never raises."""
    try:
        spoken = row(tokenise(tex))
    except (IndexError, RecursionError):  # broken TeX; the source is better than nothing
        spoken = tex
    return _tidy(spoken) or _tidy(tex) or "formula"


def row(tokens: Iterable[Token]) -> str:
    """A row of tokens in words. Raise IndexError where an argument is missing."""
    reader = Reader(tokens)
    spoken = []
    while reader.next:
        spoken.append(_item(reader))
    return _tidy(" ".join(spoken))


def _tidy(text: str) -> str:
    text = text.replace("arg the maximum", "the arg max").replace("arg the minimum", "the arg min")
    return _COMMAS.sub(",", _GAP.sub("", " ".join(text.split()))).strip(" ,;")


def _item(reader: Reader) -> str:
    """What comes next with all its scripts."""
    name = reader.next
    if name in say.BIG:
        return _big(reader)
    base = _base(reader)
    lower, upper = _scripts(reader)
    if name in (r"\underbrace", r"\overbrace") and (lower or upper):
        return f"{base}, labelled {row(lower or upper)},"
    if name == r"\mathbb" and "numbers" in base and upper:
        return f"{base} of dimension {row(upper).replace(' times ', ' by ')}"
    applied = _applied(reader, name)
    outer = _scripts(reader) if applied else ([], [])
    parts = (base, _sub(lower), _power(upper), applied, _sub(outer[0]), _power(outer[1]))
    return " ".join(filter(None, parts))


def _applied(reader: Reader, name: str) -> str:
    """What a function is applied to, if `name` is one and brackets follow."""
    inside = reader.bracketed()
    is_function = name in say.FUNCTIONS
    if not inside or not (is_function or name.isalpha() or name in say.FUNCTION_LETTERS):
        return ""
    # x (1 + y) is a product more often than not.
    if not is_function and any(token.text in ("+", "-", r"\pm") for token in inside):
        return ""
    reader.skip(inside)
    return f"of {bounded(row(inside), 'argument')}"


def _scripts(reader: Reader) -> tuple[list[Token], list[Token]]:
    lower: list[Token] = []
    upper: list[Token] = []
    while reader.next and reader.next in ("_", "^", "'", r"\limits", r"\nolimits"):
        sign = reader.take()
        if sign == "_":
            lower = reader.script()
        elif sign == "^":
            upper = upper + reader.script()
        elif sign == "'":
            upper = [*upper, Token(r"\prime", 0)]
    return lower, upper


def _sub(tokens: list[Token]) -> str:
    return f"sub {bounded(row(tokens), 'subscript', most=2)}" if tokens else ""


def _power(tokens: list[Token]) -> str:
    if not tokens:
        return ""
    source = join(tokens)[0].replace(" ", "")
    if source in say.POWERS:
        return say.POWERS[source]
    if {token.text for token in tokens} == {r"\prime"}:
        return {2: "double prime", 3: "triple prime"}.get(len(tokens), row(tokens))
    if tokens[0].text in ("(", r"\text", r"\mathrm", r"\pi"):
        return f"superscript {row(token for token in tokens if token.text not in '()')}"
    return f"to the power of {bounded(row(tokens), 'power')}"


def _big(reader: Reader) -> str:
    name = say.BIG[reader.take()]
    lower, upper = _scripts(reader)
    if not (lower or upper or reader.next):
        return name.removeprefix("the ")
    between = {"the limit": "as", "the gradient": "with respect to"}.get(name, "over")
    if lower and upper:
        between = "from"
    below = f"{between} {row(lower)}" if lower else ""
    if name == "the gradient":
        return f"{name} {_power(upper)} {below} of"
    return f"{name} {below} {'to ' + row(upper) if upper else ''} of"


def _base(reader: Reader) -> str:
    name = reader.take()
    if name.isdigit():
        return name + _digits(reader)
    if name in say.BARS:
        return _bars(reader, name)
    if name == "{":
        return row(reader.until("}"))
    if name == r"\cdot" and reader.next in ("", ")", ",", "|", r"\mid"):
        return "dot"
    for table in (SIGNS, say.GREEK):
        if name in table:
            return table[name]
    if name[0] == "\\":
        return _command(reader, name)
    return "" if name in "}&~" else name


def _digits(reader: Reader) -> str:
    digits = ""
    while reader.next.isdigit() or (reader.next == "." and "." not in digits):
        digits += reader.take()
    return digits


def _bars(reader: Reader, bar: str) -> str:
    """What stands between two bars; a single one in brackets is a condition."""
    what = say.BARS[bar]
    if not reader.holds(bar, before=(")", "]", r"\}")):
        return "given" if what == "absolute value" else "parallel to"
    return f"the {what} of {row(reader.until(bar))}, end of {what},"


def _command(reader: Reader, name: str) -> str:
    if name in say.SILENT:
        return ""
    if name in say.SKIPPED:
        reader.argument()
        return ""
    if name in say.NAMES:
        reader.take_if("*")
        return said_name(reader.argument(), row)
    if name in say.ACCENTS:
        return f"{row(reader.argument())} {say.ACCENTS[name]}"
    if name in say.FONTS:
        return f"{say.FONTS[name]} {row(reader.argument())}"
    if name == r"\not":
        return f"not {_base(reader)}"
    said = COMMANDS.get(name)
    return said(reader, row) if said else name.strip("\\")
