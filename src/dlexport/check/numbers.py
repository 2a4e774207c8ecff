"""Numbers that say where they were measured: `[2.94]{from="rates.h100.copy.GB_s"}`.

The address names a result file below `measurements/` in the content, then what to take
from it: docs/format.md describes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from dlexport.document import Span, plain
from dlexport.model import Collection
from dlexport.problems import Problem, did_you_mean
from dlexport.reading.files import content_files
from dlexport.reading.kinds import MEASUREMENTS

_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?\d[\d,]*(?:\.\d+)?")
# A metric prefix more or less, and per cent.
_SCALES = (*(Decimal(1000) ** n for n in range(-4, 5)), Decimal(100))


def measured_numbers(collection: Collection) -> Iterator[Problem]:
    """A number whose source is not there, or says something else than the text."""
    results = _Results(collection.root)
    for question in collection.questions:
        for span in question.every(Span):
            if span.source:
                yield from _of_number(span, results)


def _of_number(span: Span, results: _Results) -> Iterator[Problem]:
    place, address, shown = span.place, span.source, plain(span.children)
    if not _NUMBER.fullmatch(shown):
        yield Problem(place, "wrong-number", f"“{shown}” is no number", "mark the number alone")
        return
    try:
        value = results.value(address)
    except LookupError as error:
        message, hint = error.args
        yield Problem(place, "unknown-number", f"{address}: {message}", hint)
        return
    if not agrees(shown, value):
        message = f"the text says {shown}, {address} is {value}"
        yield Problem(place, "wrong-number", message, "write the measured value, rounded")


def agrees(shown: str, value: Decimal) -> bool:
    """Whether a number as shown is a value rounded, be it with another metric prefix."""
    digits = shown.replace(",", "").replace("\N{MINUS SIGN}", "-")
    number = Decimal(digits)
    zeros = len(digits) - len(digits.rstrip("0")) if number and "." not in digits else 0
    half = Decimal(10) ** (zeros - len(digits.partition(".")[2])) / 2
    scales = _SCALES if number else (Decimal(1),)  # any value is zero in units large enough
    return any(abs(value * scale - number) <= half for scale in scales)


class _Results:
    """The result files of a collection's folder, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Any] = {}

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        return {path.stem: path for path in content_files(self._root).measurements}

    def value(self, address: str) -> Decimal:
        """The number at an address. Raise LookupError with a message and a hint."""
        topic, *keys = address.split(".")
        named = [stem for stem in self._files if stem.partition(".")[0] == topic]
        if not named:
            known = {stem.partition(".")[0] for stem in self._files}
            message = f"no result file below {MEASUREMENTS} is called “{topic}”"
            raise LookupError(message, did_you_mean(topic, known))
        if any("." in stem for stem in named):
            named, keys = _of_machine(named, keys[0] if keys else ""), keys[1:]
        found = self._data(named[0])
        for key in keys:
            found = _step(found, key)
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            inside = ", ".join(found) if isinstance(found, Mapping) else ""
            raise LookupError("is no number", f"go on with one of: {inside}" if inside else "")
        return Decimal(found)

    def _data(self, stem: str) -> Any:
        if stem not in self._read:
            try:
                text = self._files[stem].read_text(encoding="utf-8")
                self._read[stem] = json.loads(text, parse_float=Decimal)
            except (OSError, ValueError, RecursionError) as error:
                raise LookupError(f"{stem}.json cannot be read as JSON", "") from error
        return self._read[stem]


def _of_machine(stems: Sequence[str], wanted: str) -> list[str]:
    """The one of a topic's files whose machine has `wanted` as a part of its name."""
    found = [stem for stem in stems if wanted in stem.partition(".")[2].split("-")]
    if len(found) != 1:
        machines = ", ".join(stem.partition(".")[2] for stem in found or stems)
        message = f"“{wanted}” means {len(found) or 'no'} machine{'s' * (len(found) > 1)}"
        raise LookupError(message, f"take a part of one name alone: {machines}")
    return found


def _step(found: Any, key: str) -> Any:
    """What a key leads to: a value, or the one row of that name."""
    if isinstance(found, Mapping) and key in found:
        return found[key]
    rows = found.get("rows") if isinstance(found, Mapping) else found
    rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    wanted = [row for row in rows if key in (row.get("name"), row.get("what"))]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        raise LookupError(f"{len(wanted)} rows are called “{key}”", "give the row a `name`")
    names = [str(row.get("name") or row.get("what")) for row in rows]
    known = {*names, *(found if isinstance(found, Mapping) else ())}
    raise LookupError(f"there is no “{key}”", did_you_mean(key, known))
