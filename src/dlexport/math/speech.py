"""Formulas in words: what a screen reader says in place of the picture.

This reads TeX, not its meaning: it knows how people say fractions, scripts, sums and
matrices, and says what it does not know by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dlexport.math import vocabulary as say
from dlexport.math.reader import Reader, split
from dlexport.math.tokens import Token, join, tokenise

_GAP = re.compile(r"\s+(?=[,;.:?])")
_COMMAS = re.compile(r",(?:\s*,)+")
_SHOWN = str.maketrans({"{": "", "}": "", "~": " ", "\\": ""})
_MATRIX = re.compile(r"[pbBvV]?(?:small)?matrix\*?|array")
_SUM = re.compile(r",| (?:plus|minus|over) ")
_MOST_ENTRIES = 9  # of a matrix that is read out


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
    return f"of {_bounded(row(inside), 'argument')}"


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
    return f"sub {_bounded(row(tokens), 'subscript', most=2)}" if tokens else ""


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
    return f"to the power of {_bounded(row(tokens), 'power')}"


def _bounded(spoken: str, what: str, most: int = 3) -> str:
    """The words, with their end marked if they are more than `most`."""
    return spoken if len(spoken.split()) <= most else f"{spoken}, end of {what},"


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
    for table in (say.SIGNS, say.GREEK):
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
        return _name(reader.argument())
    if name in say.ACCENTS:
        return f"{row(reader.argument())} {say.ACCENTS[name]}"
    if name in say.FONTS:
        return f"{say.FONTS[name]} {row(reader.argument())}"
    said = _COMMANDS.get(name)
    return said(reader) if said else name.strip("\\")


def _name(tokens: list[Token]) -> str:
    """A name or text: letters stay together, math in it is read."""
    parts = []
    for index, run in enumerate(split(tokens, "$")):
        if index % 2 or any(token.is_word for token in run):
            parts.append(row(run))
        else:
            shown = (" " if token.text in say.SILENT else token.text for token in run)
            parts.append("".join(shown).translate(_SHOWN))
    return " ".join(parts)


def _fraction(reader: Reader) -> str:
    above, below = row(reader.argument()), row(reader.argument())
    if all(len(part.split()) < 6 and not _SUM.search(part) for part in (above, below)):
        return f"{above} over {below}"
    return f"the fraction {above}, over {below}, end of fraction,"


def _binomial(reader: Reader) -> str:
    return f"{row(reader.argument())} choose {row(reader.argument())}"


def _root(reader: Reader) -> str:
    degree = reader.optional()
    kind = {"": "square", "2": "square", "3": "cube"}.get(degree) or f"{words(degree)}-th"
    return f"the {kind} root of {_bounded(row(reader.argument()), 'root')}"


def _blackboard(reader: Reader) -> str:
    letter = reader.name()
    return say.BLACKBOARD.get(letter, letter)


def _content(reader: Reader) -> str:
    return row(reader.argument())


def _second(reader: Reader) -> str:
    """Of a colour and its content, the content."""
    reader.argument()
    return row(reader.argument())


def _placed(where: str) -> Callable[[Reader], str]:
    def said(reader: Reader) -> str:
        mark, base = row(reader.argument()), row(reader.argument())
        return f"{base} with {mark} {where}"

    return said


def _arrow(reader: Reader) -> str:
    reader.optional()
    label = row(reader.argument())
    return f"goes to, by {label}," if label else "goes to"


def _negated(reader: Reader) -> str:
    return f"not {_base(reader)}"


def _tag(reader: Reader) -> str:
    reader.take_if("*")
    return f", tag {_name(reader.argument())}"


def _environment(reader: Reader) -> str:
    name = reader.name().rstrip("*")
    if name in ("array", "alignedat", "alignat"):
        reader.optional()
        reader.argument()
    rows = [split(line, "&") for line in split(reader.environment(), r"\\")]
    rows = [cells for cells in rows if any(cells)]
    if _MATRIX.fullmatch(name):
        return _matrix([[row(cell) for cell in cells] for cells in rows])
    lines = [", ".join(filter(None, map(row, cells))) for cells in rows]
    if name.endswith("cases"):
        return "cases: " + "; ".join(lines) + "; end of cases,"
    return "; ".join(" ".join(map(row, cells)) for cells in rows)


def _lines(reader: Reader) -> str:
    return ", ".join(row(line) for line in split(reader.argument(), r"\\"))


def _matrix(rows: list[list[str]]) -> str:
    width = max(map(len, rows), default=0)
    size = f"a {len(rows)} by {width} matrix"
    if len(rows) * width > _MOST_ENTRIES:
        return size
    return f"{size} with rows " + "; ".join(", ".join(cells) for cells in rows) + "; end of matrix,"


_COMMANDS: dict[str, Callable[[Reader], str]] = {
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), _fraction),
    **dict.fromkeys((r"\binom", r"\dbinom", r"\tbinom"), _binomial),
    **dict.fromkeys((r"\overset", r"\stackrel"), _placed("above")),
    **dict.fromkeys((r"\xrightarrow", r"\xleftarrow"), _arrow),
    **dict.fromkeys((r"\textcolor", r"\colorbox"), _second),
    **dict.fromkeys(
        (r"\underbrace", r"\overbrace", r"\boxed"), lambda reader: row(reader.argument())
    ),
    r"\sqrt": _root,
    r"\substack": _lines,
    r"\mathbb": _blackboard,
    r"\underset": _placed("below"),
    r"\not": _negated,
    r"\tag": _tag,
    r"\begin": _environment,
}
