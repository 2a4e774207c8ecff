"""Read the study plans of collection.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlexport.metadata import Frequency, Plan
from dlexport.problems import did_you_mean
from dlexport.reading.table import ID, SettingsTable

_KEYS: Mapping[str, type] = {
    "id": str,
    "title": str,
    "days": int,
    "minutes": int,
    "decks": list,
    "tags": list,
    "asked": list,
}
_REQUIRED = ("id", "title", "days")
_HINTS = {
    "id": 'write id = "two-weeks"',
    "title": 'write title = "Two weeks"',
    "days": "write days = 14",
}
# The most that a number may be; the least is 1.
_MOST = {"days": 60, "minutes": 24 * 60}


def plans(table: SettingsTable) -> tuple[Plan, ...]:
    """Every plan that can be used; what is wrong is reported."""
    found: dict[str, Plan] = {}
    for row, entry in enumerate(table.value("plans", list, [])):
        reader = _Entry(table, row, entry)
        plan = reader.plan() if reader.is_whole() else None
        if plan and plan.id in found:
            reader.report("duplicate-id", f"plan id “{plan.id}” is taken already")
        elif plan:
            found[plan.id] = plan
    return tuple(found.values())


class _Entry:
    """One table of `[[plans]]`."""

    def __init__(self, table: SettingsTable, row: int, entry: Any) -> None:
        self.problems = table.problems
        self.place = table.place("[[plans]]", row)
        self.entry: dict[str, Any] = entry if isinstance(entry, dict) else {}
        table.check_keys(self.entry, _KEYS, self.place)

    def report(self, code: str, message: str, hint: str = "") -> None:
        self.problems.add(code, self.place, message, hint)

    def is_whole(self) -> bool:
        """Whether all is there that has to be, of its type; reports what is not."""
        missing = [key for key in _REQUIRED if key not in self.entry]
        for key in missing:
            self.report("missing-key", f"a plan without `{key}`", _HINTS[key])
        return not missing and all(_has_type(self.entry[key], _KEYS[key]) for key in _REQUIRED)

    def plan(self) -> Plan:
        id, title = self.entry["id"].strip(), self.entry["title"].strip()
        if not ID.fullmatch(id):
            self.report("bad-id", f"plan id “{id}”", "use a-z, 0-9 and single hyphens")
        if not title:
            self.report("bad-value", "`title` is empty", _HINTS["title"])
        return Plan(
            id=id,
            title=title,
            days=self._number("days"),
            minutes=self._number("minutes"),
            decks=self._texts("decks"),
            tags=self._texts("tags"),
            asked=self._asked(),
            place=self.place,
        )

    def _number(self, key: str) -> int:
        value = self.entry.get(key, 0)
        if not _has_type(value, int):
            return 0
        if key in self.entry and not 1 <= value <= _MOST[key]:
            self.report(
                "bad-value", f"`{key}` is {value}", f"write a number from 1 to {_MOST[key]}"
            )
        return int(value)

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.entry.get(key, [])
        items = value if isinstance(value, list) else []
        for item in items:
            if not isinstance(item, str):
                self.report("wrong-type", f"`{key}` has to be a list of texts, not of {item!r}")
        return tuple(dict.fromkeys(item for item in items if isinstance(item, str)))

    def _asked(self) -> tuple[Frequency, ...]:
        known = [str(frequency) for frequency in Frequency]
        named = self._texts("asked")
        for name in named:
            if name not in known:
                self.report("bad-value", f"`asked` has “{name}”", did_you_mean(name, known))
        return tuple(frequency for frequency in Frequency if frequency in named)


def _has_type(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
