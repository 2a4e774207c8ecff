"""Find the files of a collection and read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dlexport.problems import Place, Problems

CONFIG = "collection.toml"
BIBLIOGRAPHY = "references.bib"
INTRODUCTION = "introduction.md"
LEDGER = "ledger.json"
TOMBSTONES = "tombstones.toml"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # what Python has for bytes that are not UTF-8
_BROKEN = re.compile(f"[\n\t]|{_CONTROL.pattern}|{_SURROGATE.pattern}")


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: where it lies, how messages call it, and its text with `\\n` line ends."""

    path: Path
    name: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The text's lines, without their ends."""
        return self.text.split("\n")

    def place(self, line: int = 1, column: int = 1) -> Place:
        """The place at a line and column, both from 1."""
        return Place(self.name, line, column)

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` of the text."""
        before = self.text[:offset]
        return self.place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def display_name(path: Path) -> str:
    """The path as messages show it: relative to the working folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def read(path: Path, problems: Problems) -> Source | None:
    """Read a text file; report and return None where that cannot be done."""
    name = display_name(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add("unreadable-file", Place(name), f"cannot be read: {error.strerror}")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        problems.add(
            "not-utf8",
            Place(name, line, column),
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file in the encoding UTF-8",
        )
        return None
    source = Source(path, name, text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    found = _CONTROL.search(source.text)
    if found:
        problems.add(
            "control-character",
            source.place_at(found.start()),
            f"character U+{ord(found[0]):04X}",
            "delete the character",
        )
        return None
    return source


def has_sound_name(path: Path, problems: Problems) -> bool:
    """Whether a file's path can be shown in outputs; report it where it cannot."""
    name = display_name(path)
    shown = name.encode("unicode_escape", "surrogatepass").decode() if _BROKEN.search(name) else ""
    if not shown:
        return True
    code = "not-utf8" if _SURROGATE.search(name) else "control-character"
    message = "the path is not UTF-8" if code == "not-utf8" else "a character in the path"
    problems.add(code, Place(shown), message, "rename the file or folder")
    return False
