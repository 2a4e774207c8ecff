"""Where things stand in a TOML file: Python's own reader gives values without places.

The grammar is that of https://toml.io/en/v1.0.0. The text is known to be valid.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

# Keys of tables and, from 0, numbers of items, from the file's top level down.
KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r"""|"(?:\\.|[^"\\])*"|'[^']*'""",
    re.S,
)
_STRING_OR_COMMENT = re.compile(rf"#[^\n]*|{_STRING.pattern}", re.S)
_OTHER = re.compile(r"[^,\]}#\n]*")


def offsets(text: str) -> Mapping[KeyPath, int]:
    """Where in a valid text each key, each item of a list and each table begins."""
    reader = _Reader(text)
    reader.read()
    return reader.found


def double_quoted(text: str) -> Iterator[tuple[int, str]]:
    """Each string between double quotes of a valid text, with where it begins."""
    for found in _STRING_OR_COMMENT.finditer(text):
        if found[0][0] == '"':
            yield found.start(), found[0]


class _Reader:
    def __init__(self, text: str) -> None:
        self.found: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._rows: dict[KeyPath, int] = {}  # how many tables each list of tables has so far

    def read(self) -> None:
        """The whole file: pairs, and heads of the tables that they belong to."""
        table: KeyPath = ()
        while self._skip():
            if self._text.startswith("[", self._at):
                table = self._head()
            else:
                self._pair(table)

    def _skip(self) -> bool:
        """Go on to what is neither blank nor comment; whether there is any."""
        self._at = self._match(_BLANK).end()
        return self._at < len(self._text)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"no valid TOML at {self._at}")
        return found

    def _head(self) -> KeyPath:
        start = self._at
        brackets = 2 if self._text.startswith("[[", start) else 1
        self._at += brackets
        self._skip()
        *parents, last = self._keys()
        self._skip()
        self._at += brackets
        path: KeyPath = ()
        for key in parents:
            path = self._latest((*path, key))
            self.found.setdefault(path, start)
        path = (*path, last)
        self.found.setdefault(path, start)
        if brackets == 2:
            self._rows[path] = self._rows.get(path, 0) + 1
            path = self._latest(path)
        self.found.setdefault(path, start)
        return path

    def _latest(self, path: KeyPath) -> KeyPath:
        """The path itself, or in a list of tables that of the last one."""
        return (*path, self._rows[path] - 1) if path in self._rows else path

    def _keys(self) -> list[str]:
        keys = []
        while True:
            written = self._match(_KEY)
            self._at = written.end()
            quoted = written[0][0] in "\"'"
            keys.append(tomllib.loads(f"key = {written[0]}")["key"] if quoted else written[0])
            dot = _DOT.match(self._text, self._at)
            if not dot:
                return keys
            self._at = dot.end()

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        path = table
        for key in self._keys():
            path = (*path, key)
            self.found.setdefault(path, start)
        self._skip()
        self._at += 1  # the sign `=`
        self._skip()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self._text[self._at]:
            case '"' | "'":
                self._at = self._match(_STRING).end()
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case _:
                self._at = self._match(_OTHER).end()

    def _list(self, path: KeyPath) -> None:
        number = 0
        self._at += 1
        while self._skip() and self._text[self._at] != "]":
            self.found[*path, number] = self._at
            self._value((*path, number))
            number += 1
            self._pass_comma()
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            self._pair(path)
            self._pass_comma()
        self._at += 1

    def _pass_comma(self) -> None:
        if self._skip() and self._text[self._at] == ",":
            self._at += 1
