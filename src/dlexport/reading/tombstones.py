"""The record of what was taken out: tombstones.toml, with a line for each card or question.

A line is `"question/card" = "why"`, or `"question" = "why"` for all cards of a question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dlexport.ledger import Ledger
from dlexport.problems import Problems, did_you_mean
from dlexport.reading.ids import is_id, is_key
from dlexport.reading.merging import MARKS, first_mark
from dlexport.reading.source import Source
from dlexport.reading.tomlplaces import offsets

_FORM = 'write `"question/card" = "why"`, or `"question" = "why"` for all cards of a question'


def read(
    source: Source | None, ledgers: Sequence[Ledger], is_complete: bool, problems: Problems
) -> Mapping[str, str]:
    """Why each removed card was removed, by `question/card`.

    `ledgers` say which cards a question had. Where one `is_complete`, what none has was
    never released.
    """
    if source is None:
        return {}
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _report_syntax(source, error, problems)
        return {}
    return _Tombstones(source, ledgers, is_complete, problems).read(data)


def _report_syntax(source: Source, error: Exception, problems: Problems) -> None:
    mark = first_mark(source.text)
    if mark is not None:
        problems.add("bad-ledger", source.place_at(mark), *MARKS)
        return
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    place = source.place(int(found[1]), int(found[2])) if found else source.place()
    message = re.sub(r" \(at .*\)", "", str(error))
    problems.add("bad-ledger", place, message, _FORM)


class _Tombstones:
    def __init__(
        self, source: Source, ledgers: Sequence[Ledger], is_complete: bool, problems: Problems
    ) -> None:
        self._source = source
        self._places = offsets(source.text)
        keys = (key for known in ledgers for key in (*known.notes, *known.by_former_key))
        self._keys = list(dict.fromkeys(keys))
        self._is_complete = is_complete
        self._problems = problems

    def read(self, data: Mapping[str, Any]) -> dict[str, str]:
        """The reasons; what is none is reported."""
        found: dict[str, str] = {}
        for key, reason in data.items():
            if isinstance(reason, dict):
                self._report_table(key, reason)
            elif not is_key(key) and not is_id(key):
                self._report(key, f"“{key}” is no card's key")
            elif not isinstance(reason, str) or not reason.strip():
                self._report(key, f"the reason for “{key}” is no text")
            else:
                found |= dict.fromkeys(self._cards(key), reason)
        return found

    def _cards(self, key: str) -> list[str]:
        """The cards that a line is for; report one that is for none."""
        wanted = f"{key}/"
        released = [k for k in self._keys if k == key or k.startswith(wanted)]
        if not released and self._is_complete:
            known = self._keys if "/" in key else {k.partition("/")[0] for k in self._keys}
            hint = did_you_mean(key, known)
            self._problems.add(
                "unknown-tombstone",
                self._source.place_at(self._places.get((key,), 0)),
                f"no card was released as “{key}”" if "/" in key else
                f"no card of a question “{key}” was released",
                hint if hint.startswith("did") else "delete the line",
            )  # fmt: skip
        return released or ([key] if "/" in key else [])

    def _report_table(self, key: str, table: Mapping[str, Any]) -> None:
        """Say of a table, or of a key with dots, which makes one, what it should have been."""
        at = self._places.get((key,), 0)
        is_table = self._source.text.startswith("[", at)
        for names, reason in _leaves((key,), table):
            dotted = ".".join(names)
            what = f"[{key}] is a table" if is_table else f"{dotted} is a key with dots"
            why = reason if isinstance(reason, str) else "why"
            hint = f'write `"{"/".join(names[:2])}" = "{why}"`'
            place = self._source.place_at(self._places.get((key,) if is_table else names, at))
            self._problems.add("bad-ledger", place, f"{what}, no card's key", hint)
            if is_table:
                return

    def _report(self, key: str, message: str) -> None:
        place = self._source.place_at(self._places.get((key,), 0))
        self._problems.add("bad-ledger", place, message, _FORM)


def _leaves(names: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What a table holds, with the keys that lead to it."""
    if not isinstance(value, dict):
        yield names, value
        return
    for key, inside in value.items():
        yield from _leaves((*names, key), inside)
