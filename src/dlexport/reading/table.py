"""A TOML file whose values are asked for by key and type, with places for messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading.source import Source

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TYPE_NAMES = {str: "text", list: "a list", dict: "a table", int: "a whole number"}


class SettingsTable:
    """collection.toml's top level, with the places of its keys for messages."""

    def __init__(
        self, source: Source | None, problems: Problems, known: Mapping[str, type]
    ) -> None:
        """Parse a file, if there is one; only the keys in `known` may stand in it."""
        self.source = source
        self.problems = problems
        self.data: dict[str, Any] = self._parse() if source else {}
        self.check_keys(self.data, known, None)

    def _parse(self) -> dict[str, Any]:
        """Report keys that are unknown, and values of another type than theirs."""
        assert self.source
        try:
            return tomllib.loads(self.source.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            place = self.source.place(int(found[1]), int(found[2])) if found else self.place()
            self.problems.add("bad-toml", place, re.sub(r" \(at .*\)", "", str(error)))
            return {}

    def place(self, key: str = "", row: int = 0) -> Place:
        """Where a key (or the n-th occurrence of a table's head) stands, else the first line."""
        if not self.source:
            return Place("collection.toml")
        pattern = re.escape(key) if key.startswith("[") else rf"\[?\[?{re.escape(key)}\b"
        found = list(re.finditer(rf"^[ \t]*{pattern}", self.source.text, re.M)) if key else []
        return self.source.place_at(found[row].start()) if row < len(found) else self.source.place()

    def place_in(self, head: str, key: str) -> Place:
        """Where a key of a table stands, else where the table begins."""
        if self.source:
            row = rf"^\[{re.escape(head)}\][^\[]*?\n[ \t]*(\"?{re.escape(key)}\"?[ \t]*=)"
            found = re.search(row, self.source.text, re.M)
            if found:
                return self.source.place_at(found.start(1))
        return self.place(f"[{head}]")

    def report(self, key: str, code: str, message: str, hint: str = "") -> None:
        """Report a problem with the value of a key."""
        self.problems.add(code, self.place(key), message, hint)

    def check_keys(
        self, table: Mapping[str, Any], known: Mapping[str, type], place: Place | None
    ) -> None:
        for key, value in table.items():
            where = place or self.place(key)
            if key not in known:
                self.problems.add("unknown-key", where, f"`{key}`", did_you_mean(key, known))
            elif not isinstance(value, known[key]) or isinstance(value, bool):
                self.problems.add(
                    "wrong-type", where, f"`{key}` has to be {_TYPE_NAMES[known[key]]}"
                )

    def value(self, key: str, kind: type, default: Any) -> Any:
        """The value of a key, the default where it is missing or of another type."""
        value = self.data.get(key, default)
        return value if isinstance(value, kind) else default

    def text(self, key: str) -> str:
        """A text; empty where it is missing."""
        return str(self.value(key, str, "")).strip()

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        return [str(item) for item in self.value(key, list, [])]

    def table(self, key: str, known: Mapping[str, type]) -> dict[str, Any]:
        """A table, without what has no place in it."""
        table: dict[str, Any] = self.value(key, dict, {})
        self.check_keys(table, known, self.place(f"[{key}]"))
        return {k: v for k, v in table.items() if k in known and isinstance(v, known[k])}

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of the choices, the first where there is none of them."""
        value = self.text(key) or choices[0]
        if value in choices:
            return value
        self.report(key, "bad-value", f"`{key}` is “{value}”", did_you_mean(value, choices))
        return choices[0]
