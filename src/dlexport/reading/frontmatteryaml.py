"""Read the YAML of a front matter strictly: every value is the text as written.

PyYAML's own resolution is not used: it accepts duplicate keys, turns `no` into
a truth value and `012` into ten, and raises on impossible dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from dlexport.problems import Place, Problems
from dlexport.reading.escapes import HINT as SINGLE_QUOTES
from dlexport.reading.escapes import lost_backslash
from dlexport.reading.source import Source
from dlexport.reading.yamlhints import COMMENT, hint_for, swallowed

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar's text and its place."""

    text: str
    place: Place


Fields = Mapping[str, Value | list[Value]]


@dataclass(slots=True)
class YamlReader:
    """A block of YAML that begins at an offset of a file; `failed` where it could not be read."""

    source: Source
    start: int
    text: str
    problems: Problems
    places: dict[str, Place] = field(default_factory=dict)
    failed: bool = False

    def read(self) -> dict[str, Value | list[Value]]:
        """The keys that have a value. A key without one is as good as none."""
        try:
            node = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except RecursionError:
            self._fail(0, "lists or mappings nest too deep")
        except yaml.reader.ReaderError as error:
            character = f"U+{ord(self.text[error.position]):04X}"
            self._fail(error.position, f"character {character}", "delete the character")
        except yaml.MarkedYAMLError as error:
            self._report_syntax(error)
        else:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node)
            if node is not None:
                self._fail(node.start_mark.index, "expected lines of the form `key: value`")
        return {}

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Value | list[Value]]:
        fields: dict[str, Value | list[Value]] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                at = key_node.start_mark.index
                self._fail(at, "expected lines of the form `key: value`")
                continue
            key, place = str(key_node.value), self._place(key_node)
            if key in self.places:
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
            value = self._scalar(key, node)
            return value if value and value.text.strip() else None
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            return self._items(key, node)
        self.problems.add(
            "wrong-type",
            self._place(node),
            f"`{key}` holds a nested structure",
            "write one value, or a list of values: [one, two]; put text that begins with a "
            "bracket between quotes",
        )
        self.failed = True
        return None

    def _items(self, key: str, node: yaml.SequenceNode) -> list[Value]:
        found = [value for item in node.value if (value := self._scalar(key, item))]
        for value in found:
            if not value.text.strip():
                message = f"an item of `{key}` is empty"
                self.problems.add("bad-value", value.place, message, "give it a value or delete it")
        return [value for value in found if value.text.strip()]

    def _scalar(self, key: str, node: yaml.ScalarNode) -> Value | None:
        """The text, None where it is not what was written; that is reported."""
        start, end = node.start_mark.index, node.end_mark.index
        written = self.text[start:end]
        if written[:1] in ("&", "!"):
            message = f"`{written[0]}` at the beginning of a value is a sign of YAML's"
            self._fail(start, message, "put the value between quotes")
            return None
        if node.style == '"' and (lost := lost_backslash(written)):
            self._fail(start + lost[0], lost[1], SINGLE_QUOTES)
            return None
        if found := _CONTROL.search(node.value) if node.style == '"' else None:
            self._fail(start, f"character U+{ord(found[0]):04X}", "delete the character")
            return None
        if node.style is None and (comment := swallowed(key, node.value, self.text[end:])) >= 0:
            shown = f"is “{node.value}”" if node.value else "is empty"
            self.problems.add(
                "cut-by-comment",
                self.source.place_at(self.start + end + comment),
                f"` #` begins a comment, so that `{key}` {shown}",
                COMMENT,
            )
        return Value(node.value, self._place(node))

    def _place(self, node: yaml.Node) -> Place:
        return self.source.place_at(self.start + node.start_mark.index)

    def _fail(self, at: int, message: str, hint: str = "") -> None:
        self.failed = True
        self.problems.add("bad-yaml", self.source.place_at(self.start + at), message, hint)

    def _report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        what = error.problem or "cannot be read as YAML"
        at = error.problem_mark.index if error.problem_mark else 0
        began = error.context_mark.index if error.context_mark else at
        if "unexpected end" in what and error.context_mark:
            what, at = "a quotation mark without its end", began
        self._fail(at, what, hint_for(what, self.text, began, at))
