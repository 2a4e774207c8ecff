"""The record of what learners already have: ledger.json and tombstones.toml.

`dlexport record` writes the ledger after a release. Cards that are taken out
get a line in tombstones.toml: `"question/card" = "why"`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, replace

from dlexport.ledger import Ledger, ReleasedNote, ReleasedType
from dlexport.problems import Place, Problems
from dlexport.reading.source import Source


def read(source: Source | None, problems: Problems) -> Ledger | None:
    """The ledger, or None where there is none or it cannot be read, which is reported."""
    if source is None:
        return None
    try:
        data = json.loads(source.text)
        notes = {key: ReleasedNote(**value) for key, value in data["notes"].items()}
        types = {key: ReleasedType(**value) for key, value in data["types"].items()}
        return Ledger(str(data["version"]), notes, types)
    except json.JSONDecodeError as error:
        _report(source, source.place(error.lineno, error.colno), error.msg, problems)
    except (KeyError, TypeError, AttributeError) as error:
        _report(source, source.place(), f"is not what `record` writes: {error}", problems)
    return None


def read_tombstones(source: Source | None, problems: Problems) -> Mapping[str, str]:
    """Why each removed card was removed, by `question/card`."""
    if source is None:
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(source.text).items()}
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = source.place(int(found[1]), int(found[2])) if found else source.place()
        _report(source, place, re.sub(r" \(at .*\)", "", str(error)), problems)
        return {}


def _report(source: Source, place: Place, message: str, problems: Problems) -> None:
    hint = 'write `"question/card" = "why"`' if source.name.endswith("toml") else "take it from git"
    problems.add("bad-ledger", place, message, hint)


def merge(earlier: Ledger | None, released: Ledger) -> Ledger:
    """The ledger after a release: what is no longer in it stays on record as removed."""
    gone = {
        key: replace(note, is_removed=True)
        for key, note in (earlier.notes if earlier else {}).items()
        if key not in released.notes
    }
    types = {**(earlier.types if earlier else {}), **released.types}
    return Ledger(released.version, {**gone, **released.notes}, types)


def dump(ledger: Ledger) -> str:
    """The ledger as JSON, a line for each card, so that a release's change can be read."""

    def lines(entries: Mapping[str, ReleasedNote | ReleasedType]) -> str:
        rows = (f"{json.dumps(k)}: {json.dumps(asdict(v))}" for k, v in sorted(entries.items()))
        return ",\n    ".join(rows)

    return (
        f'{{\n  "version": {json.dumps(ledger.version)},\n'
        f'  "types": {{\n    {lines(ledger.types)}\n  }},\n'
        f'  "notes": {{\n    {lines(ledger.notes)}\n  }}\n}}\n'
    )
