"""Read the YAML between two `---` lines strictly: every value is the text as written.

PyYAML's own resolution is not used: it accepts duplicate keys, turns `no` into
a truth value and `012` into ten, and raises on impossible dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from dlexport.problems import Place, Problems
from dlexport.reading.source import Source

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar's text and its place."""

    text: str
    place: Place


Fields = Mapping[str, Value | list[Value]]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file, the places of their keys, and the Markdown that follows.

    In `body` the front matter's lines are blank, so that line numbers stay true.
    """

    fields: Fields
    places: Mapping[str, Place]
    body: str
    is_damaged: bool = False


def split(source: Source, problems: Problems) -> FrontMatter:
    """Take the front matter off a file; report what is wrong with it."""
    found = _BLOCK.match(source.text)
    if found:
        blank = "\n" * found[0].count("\n")
        reader = _Reader(source, problems)
        fields = reader.read(found[1])
        body = blank + source.text[found.end() :]
        return FrontMatter(fields, reader.places, body, reader.failed)
    if re.match(r"---[ \t]*\n(?=[\w-]+:)", source.text):
        problems.add(
            "bad-yaml",
            source.place(),
            "the front matter has no end",
            "close it with a line of three hyphens",
        )
        return FrontMatter({}, {}, source.text, is_damaged=True)
    return FrontMatter({}, {}, source.text)


class _Reader:
    """One front matter block; its first line is line 2 of the file."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.places: dict[str, Place] = {}
        self.failed = False

    def read(self, text: str) -> dict[str, Value | list[Value]]:
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            self.failed = True
            self._report_syntax(error)
            return {}
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.problems.add(
                "bad-yaml", self._place(node), "expected lines of the form `key: value`"
            )
            return {}
        return self._mapping(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Value | list[Value]]:
        fields: dict[str, Value | list[Value]] = {}
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self._place(key_node)
            if key in fields:
                first = self.places[key].line
                self.problems.add("duplicate-key", place, f"`{key}` stands in line {first} already")
                continue
            self.places[key] = place
            value = self._value(key, value_node)
            if value is not None:
                fields[key] = value
        return fields

    def _value(self, key: str, node: yaml.Node) -> Value | list[Value] | None:
        if isinstance(node, yaml.ScalarNode):
            return Value(node.value, self._place(node))
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            return [Value(item.value, self._place(item)) for item in node.value]
        self.problems.add(
            "wrong-type",
            self._place(node),
            f"`{key}` holds a nested structure",
            "write one value, or a list of values: [one, two]",
        )
        return None

    def _place(self, node: yaml.Node) -> Place:
        return self.source.place(node.start_mark.line + 2, node.start_mark.column + 1)

    def _report_syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "cannot be read as YAML"
        place = self.source.place(mark.line + 2, mark.column + 1) if mark else self.source.place(2)
        self.problems.add(
            "bad-yaml",
            place,
            str(what),
            "put a value that holds `: `, `#`, quotes or brackets between quotes",
        )
