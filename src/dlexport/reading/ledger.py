"""The record of what learners already have, ledger.json: `dlexport record` writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from dlexport.ledger import Face, Ledger, ReleasedNote, ReleasedType
from dlexport.problems import Place, Problems
from dlexport.reading.merging import MARKS, first_mark
from dlexport.reading.source import Source

FORMAT = "dlexport ledger"
FORMAT_VERSION = 1

_TAKE_A_SIDE = (
    "take the file of either side whole (`git checkout --ours` or `--theirs`); then `dlexport "
    "record`, given the package of the last release, writes it anew"
)
T = TypeVar("T")


class _LedgerError(Exception):
    """What is wrong with the ledger, and the key of the entry where it is."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


def read(source: Source | None, problems: Problems) -> Ledger | None:
    """The ledger, or None where there is none or it cannot be read, which is reported."""
    if source is None:
        return None
    try:
        return _ledger(json.loads(source.text), source.name)
    except json.JSONDecodeError as error:
        mark = first_mark(source.text)
        if mark is not None:
            problems.add("bad-ledger", source.place_at(mark), MARKS[0], _TAKE_A_SIDE)
            return None
        _report(source, source.place(error.lineno, error.colno), error.msg, problems)
    except RecursionError:
        _report(source, source.place(), "is nested too deep", problems)
    except _LedgerError as error:
        found = source.text.find(f"{json.dumps(error.key)}:") if error.key else 0
        _report(source, source.place_at(max(found, 0)), str(error), problems)
    return None


def _ledger(data: Any, source: str) -> Ledger:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _LedgerError("is no ledger that `dlexport record` wrote")
    if data.get("format_version") != FORMAT_VERSION:
        found = json.dumps(data.get("format_version"))
        raise _LedgerError(f"is of format {found}, this dlexport reads format {FORMAT_VERSION}")
    return Ledger(
        namespace=_value(data, "namespace", str),
        version=_value(data, "version", str),
        notes=_entries(data, "cards", _note),
        types=_entries(data, "note_types", _type),
        source=source,
    )


def _entries(data: Mapping[str, Any], name: str, entry: Callable[[Any], T]) -> dict[str, T]:
    found = {}
    for key, value in _value(data, name, dict).items():
        try:
            found[key] = entry(value)
        except _LedgerError as error:
            raise _LedgerError(f"{name}: “{key}”: {error}", key) from None
    return found


def _note(data: Any) -> ReleasedNote:
    deletions = _value(data, "deletions", dict, {})
    was = _value(data, "was", list, [])
    if not all(number.isdecimal() and type(t) is str for number, t in deletions.items()):
        raise _LedgerError("`deletions` are no texts by numbers")
    if not all(type(key) is str for key in was):
        raise _LedgerError("`was` holds something else than text")
    return ReleasedNote(
        kind=_value(data, "kind", str),
        guid=_value(data, "guid", str),
        digest=_value(data, "digest", str),
        modified=_value(data, "modified", int),
        face=Face(
            _value(data, "deck", str),
            _value(data, "front", str, ""),
            _value(data, "back", str, ""),
            {int(number): text for number, text in deletions.items()},
        ),
        was=tuple(was),
        is_removed=_value(data, "is_removed", bool, False),
    )


def _type(data: Any) -> ReleasedType:
    return ReleasedType(
        _value(data, "schema", str), _value(data, "look", str), _value(data, "modified", int)
    )


def _value(data: Any, key: str, kind: type, default: Any = None) -> Any:
    """A value of that type; without a default it has to be there."""
    if not isinstance(data, dict):
        raise _LedgerError("is no object")
    if key not in data and default is None:
        raise _LedgerError(f"`{key}` is missing")
    found = data.get(key, default)
    if type(found) is not kind:
        raise _LedgerError(f"`{key}` is {json.dumps(found)[:40]}")
    return found


def _report(source: Source, place: Place, message: str, problems: Problems) -> None:
    problems.add("bad-ledger", place, message, "take it from git")


def dump(ledger: Ledger) -> str:
    """The ledger as JSON, a line for each card, so that a release's change can be read."""

    def lines(entries: Mapping[str, Mapping[str, Any]]) -> str:
        rows = (f"{_json(key)}: {_json(entry)}" for key, entry in sorted(entries.items()))
        return ",\n    ".join(rows)

    types = {kind: asdict(entry) for kind, entry in ledger.types.items()}
    cards = {key: _row(note) for key, note in ledger.notes.items()}
    return (
        f'{{\n  "format": {_json(FORMAT)},\n  "format_version": {FORMAT_VERSION},\n'
        f'  "namespace": {_json(ledger.namespace)},\n  "version": {_json(ledger.version)},\n'
        f'  "note_types": {{\n    {lines(types)}\n  }},\n'
        f'  "cards": {{\n    {lines(cards)}\n  }}\n}}\n'
    )


def _row(note: ReleasedNote) -> dict[str, Any]:
    """An entry; what is empty is left out."""
    face = note.face
    row: dict[str, Any] = {
        "kind": note.kind,
        "deck": face.deck,
        "guid": note.guid,
        "digest": note.digest,
        "modified": note.modified,
    }
    rest = {
        "front": face.front,
        "back": face.back,
        "deletions": {str(number): text for number, text in sorted(face.deletions.items())},
        "was": list(note.was),
        "is_removed": note.is_removed,
    }
    return row | {key: value for key, value in rest.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
