"""How single commands of TeX are said: fractions, roots, matrices, names.

Each takes the reader behind the command, and what says a row of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from dlexport.math import vocabulary as say
from dlexport.math.reader import Reader, split
from dlexport.math.tokens import Token, tokenise

Row = Callable[[Iterable[Token]], str]
Spoken = Callable[[Reader, Row], str]

_SHOWN = str.maketrans({"{": "", "}": "", "~": " ", "\\": ""})
_MATRIX = re.compile(r"[pbBvV]?(?:small)?matrix\*?|array")
_SUM = re.compile(r",| (?:plus|minus|over) ")
_MOST_ENTRIES = 9  # of a matrix that is read out


def bounded(spoken: str, what: str, most: int = 3) -> str:
    """The words, with their end marked if they are more than `most`."""
    return spoken if len(spoken.split()) <= most else f"{spoken}, end of {what},"


def name(tokens: list[Token], row: Row) -> str:
    """A name or text: letters stay together, math in it is read."""
    parts = []
    for index, run in enumerate(split(tokens, "$")):
        if index % 2 or any(token.is_word for token in run):
            parts.append(row(run))
        else:
            shown = (" " if token.text in say.SILENT else token.text for token in run)
            parts.append("".join(shown).translate(_SHOWN))
    return " ".join(parts)


def _fraction(reader: Reader, row: Row) -> str:
    above, below = row(reader.argument()), row(reader.argument())
    if all(len(part.split()) < 6 and not _SUM.search(part) for part in (above, below)):
        return f"{above} over {below}"
    return f"the fraction {above}, over {below}, end of fraction,"


def _binomial(reader: Reader, row: Row) -> str:
    return f"{row(reader.argument())} choose {row(reader.argument())}"


def _root(reader: Reader, row: Row) -> str:
    degree = reader.optional()
    kind = {"": "square", "2": "square", "3": "cube"}.get(degree) or f"{row(tokenise(degree))}-th"
    return f"the {kind} root of {bounded(row(reader.argument()), 'root')}"


def _blackboard(reader: Reader, row: Row) -> str:
    letter = reader.name()
    return say.BLACKBOARD.get(letter, letter)


def _content(reader: Reader, row: Row) -> str:
    return row(reader.argument())


def _second(reader: Reader, row: Row) -> str:
    """Of a colour and its content, the content."""
    reader.argument()
    return row(reader.argument())


def _placed(where: str) -> Spoken:
    def said(reader: Reader, row: Row) -> str:
        mark, base = row(reader.argument()), row(reader.argument())
        return f"{base} with {mark} {where}"

    return said


def _arrow(reader: Reader, row: Row) -> str:
    reader.optional()
    label = row(reader.argument())
    return f"goes to, by {label}," if label else "goes to"


def _tag(reader: Reader, row: Row) -> str:
    reader.take_if("*")
    return f", tag {name(reader.argument(), row)}"


def _environment(reader: Reader, row: Row) -> str:
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


def _lines(reader: Reader, row: Row) -> str:
    return ", ".join(row(line) for line in split(reader.argument(), r"\\"))


def _matrix(rows: list[list[str]]) -> str:
    width = max(map(len, rows), default=0)
    size = f"a {len(rows)} by {width} matrix"
    if len(rows) * width > _MOST_ENTRIES:
        return size
    return f"{size} with rows " + "; ".join(", ".join(cells) for cells in rows) + "; end of matrix,"


COMMANDS: Mapping[str, Spoken] = {
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), _fraction),
    **dict.fromkeys((r"\binom", r"\dbinom", r"\tbinom"), _binomial),
    **dict.fromkeys((r"\overset", r"\stackrel"), _placed("above")),
    **dict.fromkeys((r"\xrightarrow", r"\xleftarrow"), _arrow),
    **dict.fromkeys((r"\textcolor", r"\colorbox"), _second),
    **dict.fromkeys((r"\underbrace", r"\overbrace", r"\boxed"), _content),
    r"\sqrt": _root,
    r"\substack": _lines,
    r"\mathbb": _blackboard,
    r"\underset": _placed("below"),
    r"\tag": _tag,
    r"\begin": _environment,
}
