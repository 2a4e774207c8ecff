"""Choose the font files that a document needs.

The packages split each face into files by script, all under one family name.
WeasyPrint 70 tells embedded fonts apart by that name alone and then takes the
glyphs of one file for those of another. So every file but the Latin one gets
a family name of its own here, and stylesheets that name the family get the
others behind it. Loading a face takes some 40 ms: only those are loaded whose
characters occur.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dlexport.assets import asset_folder

_FACE = re.compile(r"@font-face\s*\{(.*?)\}", re.S)
_FAMILY = re.compile(r'font-family:\s*"([^"]+)"')
_FILE = re.compile(r'url\("([^"]+)"\)')
_STYLE = re.compile(r"font-style:\s*(\w+)")
_WEIGHT = re.compile(r"font-weight:\s*(\d+)")
_RANGE = re.compile(r"unicode-range:\s*([^;]+);")
_MAIN = re.compile(r"-latin-\d+-")


@dataclass(frozen=True, slots=True)
class Face:
    """A rule for one font file, the family it belongs to and the one it gets here."""

    rule: str
    file: str
    family: str
    name: str
    weight: int
    italic: bool
    ranges: tuple[range, ...]

    def has_any(self, characters: Iterable[int]) -> bool:
        """Whether any of the characters is one of the file's."""
        return not self.ranges or any(c in r for c in characters for r in self.ranges)


def font_css(text: str, css: str) -> tuple[str, str]:
    """Rules for the faces whose characters occur in `text`, and `css` with their names."""
    characters = {ord(c) for c in text}
    faces = [f for f in _faces() if f"{f.family}" in css and f.has_any(characters)]
    for family in dict.fromkeys(f.family for f in faces):
        names = dict.fromkeys(f.name for f in faces if f.family == family)
        stack = ", ".join(f'"{name}"' for name in sorted(names))
        css = re.sub(rf"([\"']){re.escape(family)}\1", stack, css)
    return "\n".join(f.rule for f in faces), css


def font_file(name: str, weight: int, *, italic: bool) -> str | None:
    """The file of a face by the family name it got here; None for a font that is not ours."""
    return _files().get((name, weight, italic))


@cache
def _files() -> dict[tuple[str, int, bool], str]:
    return {(face.name, face.weight, face.italic): face.file for face in _faces()}


@cache
def truetype(name: str) -> bytes:
    """The font of a WOFF2 file, unpacked. WeasyPrint would unpack it for every document.

    It comes from the WOFF file beside it: WOFF2 has its outlines rewritten.
    """
    from fontTools.ttLib import TTFont

    path = asset_folder() / "fonts" / name
    font = TTFont(path.with_suffix(".woff"), recalcTimestamp=False)
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


@cache
def _faces() -> tuple[Face, ...]:
    text = (asset_folder() / "fonts" / "fonts.css").read_text(encoding="utf-8")
    return tuple(_face(found[1]) for found in _FACE.finditer(text))


def _face(body: str) -> Face:
    family, file, ranges = _FAMILY.search(body), _FILE.search(body), _RANGE.search(body)
    if not (family and file):
        raise ValueError(f"fonts.css has a rule without family or file: {body}")
    name = family[1]
    if not _MAIN.search(file[1]):
        stem = re.sub(r"-\d+-(normal|italic)\.woff2$", "", file[1])
        name += " " + stem.removeprefix(name.lower().replace(" ", "-") + "-")
    body = _RANGE.sub("", _FAMILY.sub(f'font-family: "{name}"', body))
    weight, style = _WEIGHT.search(body), _STYLE.search(body)
    return Face(
        rule=f"@font-face {{{body}}}",
        file=file[1],
        family=family[1],
        name=name,
        weight=int(weight[1]) if weight else 400,
        italic=style is not None and style[1] != "normal",
        ranges=_ranges(ranges[1] if ranges else ""),
    )


def _ranges(text: str) -> tuple[range, ...]:
    found = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text, re.I)
    return tuple(range(int(a, 16), int(b or a, 16) + 1) for a, b in found)
