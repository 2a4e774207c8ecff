"""Find the front matter of a file: YAML between two lines of `---` at its beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dlexport.problems import Place, Problems
from dlexport.reading.frontmatteryaml import Fields, Value, YamlReader
from dlexport.reading.source import Source

__all__ = ["Fields", "FrontMatter", "Value", "split"]

KEYS = (
    "id",
    "number",
    "title",
    "question",
    "difficulty",
    "asked",
    "tags",
    "as_of",
    "requires",
    "related",
    "references",
    "was",
)
# Blank lines and comments of HTML may come before it.
_BEFORE = re.compile(r"(?:[ \t]*(?:<!--(?:(?!-->).)*-->[ \t]*)?\n)*", re.S)
_OPENING = re.compile(r"---(?:[ \t]+#[^\n]*)?[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_IGNORED = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")  # blank lines and comments of YAML
_ANY_KEY = re.compile(r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*:(?=\s|\Z)""")
_OUR_KEY = re.compile(rf"(?:{'|'.join(KEYS)})[ \t]*[:=]")
# What people write for `---`: TOML's mark, more hyphens, dashes, hyphens behind blanks.
_OTHER_MARK = re.compile(r"(\+{3,}|-{4,}|[ \t]+-{3,}|-*[\u2010-\u2015\u2212]+-*)(?=[ \t]*\n)")
_RULE = re.compile(r"^---[ \t]*\n", re.M)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.M)
_HINT = "begin the file with a line `---`, write YAML such as `id: my-id`, and end it with `---`"


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
    text = source.text
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    opening = _OPENING.match(text, start)
    end = _END.search(text, opening.end()) if opening else None
    if opening and end and _is_yaml(text[opening.end() : end.start()]):
        reader = YamlReader(source, opening.end(), text[opening.end() : end.start()], problems)
        fields = reader.read()
        return FrontMatter(fields, reader.places, _without(text, start, end.end()), reader.failed)
    return _misplaced(source, start, problems) or FrontMatter({}, {}, text)


def _is_yaml(inside: str) -> bool:
    """Whether lines between two marks are meant as front matter, not as text between rules."""
    ignored = _IGNORED.match(inside)
    rest = inside[ignored.end() if ignored else 0 :]
    if inside.startswith(("\n", "#")):
        return bool(_OUR_KEY.match(rest)) or not inside.strip()
    return True


def _without(text: str, start: int, end: int) -> str:
    """The text with blank lines in place of a part of it."""
    return text[:start] + "\n" * text.count("\n", start, end) + text[end:]


def _misplaced(source: Source, start: int, problems: Problems) -> FrontMatter | None:
    """Report a front matter without an end, between other marks, or below other text."""
    text = source.text
    opening, other = _OPENING.match(text, start), _OTHER_MARK.match(text, start)
    if opening and _ANY_KEY.match(text, opening.end()):
        message, hint = "the front matter has no end", "close it with a line of three hyphens"
        problems.add("bad-yaml", source.place_at(start), message, hint)
        return FrontMatter({}, {}, text, is_damaged=True)
    if other and _OUR_KEY.match(text, _after_ignored(text, other.end() + 1)):
        mark = other[1]
        place = source.place_at(start + len(mark) - len(mark.lstrip()))
        shown = f"`{mark}`" if mark.strip() == mark else "hyphens behind blanks"
        problems.add("bad-yaml", place, f"{shown} begins no front matter", _HINT)
        closing = re.compile(rf"^[ \t]*(?:{re.escape(mark.strip())}|-{{3,}})[ \t]*$", re.M)
        end = closing.search(text, other.end())
        body = _without(text, start, end.end()) if end else text
        return FrontMatter({}, {}, body, is_damaged=True)
    return _below_text(source, problems)


def _after_ignored(text: str, at: int) -> int:
    found = _IGNORED.match(text, at)
    return found.end() if found else at


def _below_text(source: Source, problems: Problems) -> FrontMatter | None:
    text = source.text
    code = _FENCE.search(text)  # what follows may be shown only
    for opening in _RULE.finditer(text, 0, code.start() if code else len(text)):
        end = _END.search(text, opening.end())
        if not end:
            return None
        if _OUR_KEY.match(text, opening.end()) and "\n\n" not in text[opening.end() : end.start()]:
            message = f"the front matter stands in line {source.place_at(opening.start()).line}"
            hint = "move it to the beginning of the file, above all text"
            problems.add("bad-yaml", source.place_at(opening.start()), message, hint)
            body = _without(text, opening.start(), end.end())
            return FrontMatter({}, {}, body, is_damaged=True)
    return None
