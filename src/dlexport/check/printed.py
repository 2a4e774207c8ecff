"""Compare what a program prints with what the text says it prints.

Processors differ in the last bit of a sum: the kernels of linear algebra add in
another order. So floats are compared by value, everything else by its characters.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum

# The last bit of a double is a part of 10^16; long computations lose some digits more.
_RELATIVE = Decimal("1e-9")
_FLOAT = re.compile(
    r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\.?\d)"  # 0.5, 1., 2.5e-3
    r"|(?<![\w.])[-+]?\d+[eE][-+]?\d+\b"  # 1e-05
)
_BLANKS = re.compile(r" +")


class Agreement(IntEnum):
    """How well two outputs agree, the best first."""

    SAME = 0  # by all that a reader can see
    LAST_DIGIT = 1  # but for one unit of the last digit shown
    NONE = 2


def agreement(one: str, other: str) -> Agreement:
    """How well two outputs agree: as badly as the worst of their numbers.

    Words, whole numbers and blanks have to be the same; blanks may differ only beside
    floats that are written in another number of characters.
    """
    if one == other:
        return Agreement.SAME
    left, right = _FLOAT.findall(one), _FLOAT.findall(other)
    words, others = _FLOAT.split(one), _FLOAT.split(other)
    if list(map(len, left)) != list(map(len, right)):
        words, others = ([_BLANKS.sub(" ", w).strip(" ") for w in text] for text in (words, others))
    if words != others:
        return Agreement.NONE
    return max(map(_agreement, map(Decimal, left), map(Decimal, right)), default=Agreement.SAME)


def _agreement(one: Decimal, other: Decimal) -> Agreement:
    apart = abs(one - other)
    if apart <= _RELATIVE * max(abs(one), abs(other)):
        return Agreement.SAME
    return Agreement.LAST_DIGIT if apart <= min(_unit(one), _unit(other)) else Agreement.NONE


def _unit(number: Decimal) -> Decimal:
    """One in the last digit shown."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
