"""Turn the front matter's values into the types that a question wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dlexport.document import Str
from dlexport.metadata import Frequency
from dlexport.model import Difficulty
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import ids, markdown
from dlexport.reading.frontmatter import KEYS, FrontMatter, Value
from dlexport.reading.source import Source

LONGEST_TITLE = 60  # characters
_KEY = re.compile(r"[\w:.+/-]+")
_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)


class FieldReader:
    """Reads one file's front matter, reporting what is wrong with it."""

    def __init__(self, source: Source, front: FrontMatter, problems: Problems) -> None:
        self.source = source
        self.front = front
        self.problems = problems
        for key, place in front.places.items():
            if key not in KEYS:
                problems.add("unknown-key", place, f"`{key}`", did_you_mean(key, KEYS))

    def place(self, key: str) -> Place:
        """Where the key stands, or the file's first line."""
        return self.front.places.get(key, self.source.place())

    def places(self) -> dict[str, Place]:
        """The places of keys, and of the items of lists as `key/item`."""
        found = dict(self.front.places)
        for key, value in self.front.fields.items():
            if isinstance(value, list):
                found |= {f"{key}/{ids.in_form(item.text)}": item.place for item in value}
        return found

    def text(self, key: str) -> str:
        """A value as text; empty where the key is missing or wrong."""
        value = self.front.fields.get(key)
        if value is None:
            return ""
        if isinstance(value, list):
            self._report("wrong-type", key, f"`{key}` is a list", "write a single value")
            return ""
        return value.text.strip()

    def id(self, default: str) -> str:
        """The question's id."""
        text = ids.in_form(self.text("id") or default)
        if not ids.is_id(text):
            self._report("bad-id", "id", f"“{text}”", ids.HINT)
        return text

    def number(self) -> int | None:
        """The question's number, from 1."""
        return self._convert("number", _positive, "has to be a whole number from 1, such as 9")

    def title(self) -> str:
        """The question's short title: a few plain words, empty where there is none."""
        text = self.text("title")
        if len(text) > LONGEST_TITLE:
            message = f"`title` has {len(text)} characters"
            self._report("bad-value", "title", message, f"write at most {LONGEST_TITLE}")
        parsed = markdown.parse_inline(text, self.place("title"))
        if not all(isinstance(node, Str) for node in parsed):
            self._report("bad-value", "title", "`title` holds markup", "write plain words")
        return text

    def difficulty(self) -> Difficulty | None:
        """The question's difficulty."""
        return self._choice("difficulty", Difficulty)

    def asked(self) -> Frequency | None:
        """How often the question is asked."""
        return self._choice("asked", Frequency)

    def as_of(self) -> str:
        """The month or day up to which the answer holds, in ISO 8601."""
        return self._convert("as_of", _month, "has to be a month or a day, such as 2026-11") or ""

    def ids(self, key: str) -> tuple[str, ...]:
        """A list of ids or keys as text, without duplicates."""
        return tuple(value.text for value in self.words(key))

    def words(self, key: str) -> list[Value]:
        """A list of ids or keys, without duplicates."""
        value = self.front.fields.get(key, [])
        if isinstance(value, Value):
            self._report(
                "wrong-type", key, f"`{key}` is a single value", f"write a list: {key}: [one, two]"
            )
            return []
        is_one = _KEY.fullmatch if key == "references" else ids.is_id
        found: dict[str, Value] = {}
        for item in (Value(ids.in_form(item.text), item.place) for item in value):
            if not is_one(item.text):
                message = f"“{item.text}” in `{key}`"
                self.problems.add("bad-id", item.place, message, ids.HINT)
            elif item.text in found:
                self.problems.add(
                    "duplicate-key", item.place, f"“{item.text}” stands twice in `{key}`"
                )
            else:
                found[item.text] = item
        return list(found.values())

    def _choice(self, key: str, choices: type[Choice]) -> Choice | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return choices(text)
        except ValueError:
            message = f"`{key}` is “{text}”"
            self._report("bad-value", key, message, did_you_mean(text, choices))
            return None

    def _convert(self, key: str, convert: Callable[[str], T], expected: str) -> T | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return convert(text)
        except ValueError:
            self._report("bad-value", key, f"`{key}` is “{text}”", f"it {expected}")
            return None

    def _report(self, code: str, key: str, message: str, hint: str = "") -> None:
        value = self.front.fields.get(key)
        place = value.place if isinstance(value, Value) else self.place(key)
        self.problems.add(code, place, message, hint)


def _positive(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise ValueError(text)
    date.fromisoformat(text if len(text) > 7 else text + "-01")
    return text
