"""TOML tables whose values are asked for by key and type, with places for messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import ids
from dlexport.reading.escapes import HINT as SINGLE_QUOTES
from dlexport.reading.escapes import lost_backslash
from dlexport.reading.merging import MARKS, first_mark
from dlexport.reading.source import Source
from dlexport.reading.tomlplaces import KeyPath, double_quoted, offsets

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class TomlFile:
    """A file that is parsed, or that is not there; says where things stand in it."""

    def __init__(self, source: Source | None, name: str, problems: Problems) -> None:
        """Parse a file; `name` is what messages call one that is not there."""
        self.source = source
        self.name = name
        self.problems = problems
        self.data: dict[str, Any] = self._parse(source) if source else {}

    def _parse(self, source: Source) -> dict[str, Any]:
        try:
            data = tomllib.loads(source.text)
            if not self._has_lost_backslash(source):
                return data
        except ValueError as error:  # Python's limit for the digits of a number is one too
            found = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
            last = source.place_at(len(source.text))
            place = source.place(int(found[1]), int(found[2])) if found else last
            if (mark := first_mark(source.text)) is not None:
                self.problems.add("bad-toml", source.place_at(mark), *MARKS)
                return {}
            is_escape = re.search("escape|hex", str(error))
            hint = SINGLE_QUOTES if is_escape else ""
            self.problems.add("bad-toml", place, re.sub(r" \(at .*\)", "", str(error)), hint)
        except RecursionError:
            self.problems.add("bad-toml", source.place(), "lists or tables nest too deep")
        return {}

    def _has_lost_backslash(self, source: Source) -> bool:
        """Whether a text between double quotes says something else than it shows; report it."""
        for start, quoted in double_quoted(source.text) if "\\" in source.text else ():
            if lost := lost_backslash(quoted):
                place = source.place_at(start + lost[0])
                self.problems.add("bad-toml", place, lost[1], SINGLE_QUOTES)
                return True
        return False

    def place(self, path: KeyPath) -> Place:
        """Where a key or an item stands, else where what it would stand in begins."""
        if self.source is None:
            return Place(self.name)
        while path and path not in self._offsets:
            path = path[:-1]
        return self.source.place_at(self._offsets[path]) if path else self.source.place()

    @cached_property
    def _offsets(self) -> Mapping[KeyPath, int]:
        return offsets(self.source.text) if self.source else {}


@dataclass(frozen=True)
class Table:
    """A table of the file. What is asked for and is of another type is reported, and left out."""

    file: TomlFile
    data: Mapping[str, Any]
    path: KeyPath = ()

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def place(self, *keys: str | int) -> Place:
        """Where a key, or an item of its value, stands; without any the table itself."""
        return self.file.place((*self.path, *keys))

    def report(self, code: str, message: str, hint: str = "", *, at: str | KeyPath = ()) -> None:
        """Report a problem with a key or an item."""
        place = self.place(*((at,) if isinstance(at, str) else at))
        self.file.problems.add(code, place, message, hint)

    def check_keys(self, known: Sequence[str]) -> None:
        """Report the keys that are not known."""
        for key in self.data:
            if key not in known:
                self.report("unknown-key", f"`{key}`", did_you_mean(key, known), at=key)

    def text(self, key: str, example: str) -> str:
        """A text on one line, without blanks at its ends; empty where the key is missing.

        `example` is a value to show where this one cannot be.
        """
        value = self.data.get(key)
        return self.text_of(value, (key,), f'{key} = "{example}"') if key in self else ""

    def text_of(self, value: Any, at: KeyPath, example: str) -> str:
        """What stands at a place below the table as a text; empty where it is none."""
        name = _name(at)
        if not isinstance(value, str):
            self.report("wrong-type", f"{name} has to be text", f"write {example}", at=at)
            return ""
        found = ids.in_form(" ".join(value.split()))
        if not found:
            self.report("bad-value", f"{name} is empty", f"write {example}", at=at)
        elif control := _CONTROL.search(found):
            message = f"{name} holds the character U+{ord(control[0]):04X}"
            self.report("bad-value", message, "delete the character", at=at)
            return ""
        return found

    def id(self, key: str, example: str) -> str:
        """An id; empty where the key is missing or the value is none."""
        found = self.text(key, example)
        if found and not ids.is_id(found):
            self.report("bad-id", f"`{key}` is “{found}”", ids.HINT, at=key)
            return ""
        return found

    def whole(self, key: str, most: int) -> int:
        """A whole number from 1; 0 where the key is missing or the value is none."""
        return self.whole_of(self.data.get(key), key, most) if key in self else 0

    def whole_of(self, value: Any, key: str, most: int) -> int:
        """The value of a key as a whole number from 1; 0 where it is none."""
        if not isinstance(value, int) or isinstance(value, bool):
            hint = f"write {key} = {value}" if isinstance(value, str) and value.isdecimal() else ""
            self.report("wrong-type", f"`{key}` has to be a whole number", hint, at=key)
        elif not 1 <= value <= most:
            hint = f"write a number from 1 to {most}"
            self.report("bad-value", f"`{key}` is {_short(value)}", hint, at=key)
        else:
            return value
        return 0

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts, each once."""
        hint = f'{key} = ["{example}"]'
        found = [self.text_of(item, (key, row), hint) for row, item in enumerate(self.items(key))]
        return tuple(dict.fromkeys(filter(None, found)))

    def items(self, key: str) -> list[Any]:
        """The items of a list, of any type; none where the key is missing."""
        found: list[Any] = self._typed(key, list, "a list")
        return found

    def table(self, key: str, known: Sequence[str] | None = None) -> Table:
        """A table in this one, empty where it is missing; only keys in `known` may stand in it."""
        found = Table(self.file, self._typed(key, dict, "a table"), (*self.path, key))
        if known is not None:
            found.check_keys(known)
        return found

    def rows(self, key: str, known: Sequence[str]) -> list[Table]:
        """The tables of a list of tables."""
        found = []
        for row, item in enumerate(self.items(key)):
            table = Table(self.file, item, (*self.path, key, row))
            if isinstance(item, dict):
                table.check_keys(known)
                found.append(table)
            else:
                table.report("wrong-type", f"`{key}` has to be a list of tables: [[{key}]]")
        return found

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """One of the choices, the first where there is none of them."""
        value = self.text(key, choices[0]) or choices[0]
        if value in choices:
            return value
        self.report("bad-value", f"`{key}` is “{value}”", did_you_mean(value, choices), at=key)
        return choices[0]

    def _typed(self, key: str, kind: type, name: str) -> Any:
        value = self.data.get(key, kind())
        if isinstance(value, kind):
            return value
        self.report("wrong-type", f"`{key}` has to be {name}", at=key)
        return kind()


def _name(at: KeyPath) -> str:
    """What messages call a value: its key, or the item of a list by its number from 1."""
    key, *rows = at
    return f"`{key}`" if not rows else f"item {int(rows[0]) + 1} of `{key}`"


def _short(number: int) -> str:
    return str(number) if number.bit_length() <= 64 else f"a number of {number.bit_length()} bits"
