"""Numbers that are compared with what was measured."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dlexport.check.numbers import agrees


@pytest.mark.parametrize(
    ("shown", "value", "is_right"),
    [
        ("2936.5", "2936.5", True),
        ("2,937", "2936.5", True),
        ("2.94", "2936.5", True),
        ("2.9", "2936.5", True),
        ("2,900", "2936.5", True),
        ("3", "2936.5", True),
        ("2.93", "2936.5", False),
        ("2,930", "2936.5", False),
        ("29.4", "2936.5", False),
        ("3.8", "0.037566", True),
        ("3.9", "0.037566", False),
        ("0.0", "0", True),
        ("0.00", "0.004", True),
        ("0.00", "2936.5", False),
        ("0", "2", False),
        ("0", "0.0", True),
        ("-1.5", "-1.46", True),
        ("\N{MINUS SIGN}1.5", "-1.46", True),
        ("1.5", "-1.46", False),
        ("1.46", "1.46e-6", True),
    ],
)
def test_rounding(shown: str, value: str, is_right: bool) -> None:
    """To the digits shown, with any metric prefix or in per cent; never another value."""
    assert agrees(shown, Decimal(value)) is is_right
