"""Read the study plans of collection.toml."""

from __future__ import annotations

from dlexport.metadata import Frequency, Plan
from dlexport.problems import did_you_mean
from dlexport.reading.table import Table

_KEYS = ("id", "title", "days", "minutes", "decks", "tags", "asked")
_REQUIRED = {
    "id": 'write id = "two-weeks"',
    "title": 'write title = "Two weeks"',
    "days": "write days = 14",
}
_MOST_DAYS = 60
_MOST_MINUTES = 24 * 60


def plans(settings: Table) -> tuple[Plan, ...]:
    """Every plan that can be used; what is wrong is reported."""
    found: dict[str, Plan] = {}
    for row in settings.rows("plans", _KEYS):
        plan = _plan(row) if _is_whole(row) else None
        if plan and plan.id in found:
            row.report("duplicate-id", f"plan id “{plan.id}” is taken already", at="id")
        elif plan:
            found[plan.id] = plan
    return tuple(found.values())


def _is_whole(row: Table) -> bool:
    """Whether all is there that has to be; reports what is not."""
    missing = [key for key in _REQUIRED if key not in row]
    for key in missing:
        row.report("missing-key", f"a plan without `{key}`", _REQUIRED[key])
    return not missing


def _plan(row: Table) -> Plan | None:
    """A plan; None where what it has to have cannot be used."""
    id, title = row.id("id", "two-weeks"), row.text("title", "Two weeks")
    days, minutes = row.whole("days", _MOST_DAYS), row.whole("minutes", _MOST_MINUTES)
    decks, tags = row.texts("decks", "training"), row.texts("tags", "theory")
    asked = _asked(row)
    if not (id and title and days):
        return None
    return Plan(id, title, days, minutes, decks, tags, asked, row.place())


def _asked(row: Table) -> tuple[Frequency, ...]:
    known = [str(frequency) for frequency in Frequency]
    named = row.texts("asked", known[0])
    for number, name in enumerate(named):
        if name not in known:
            message, hint = f"`asked` has “{name}”", did_you_mean(name, known)
            row.report("bad-value", message, hint, at=("asked", number))
    return tuple(frequency for frequency in Frequency if frequency in named)
