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
from dataclasses import dataclass
from functools import cache

from dlexport.engine.assets import asset_folder

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
    characters: re.Pattern[str]

    def has_any(self, text: str) -> bool:
        """Whether any character of the text is one of the file's."""
        return self.characters.search(text) is not None


def font_css(text: str, css: str) -> tuple[str, str]:
    """Rules for the faces whose characters occur in `text`, and `css` with their names."""
    shown = "".join(set(text))
    faces = [f for f in _faces() if f.family in css and f.has_any(shown)]
    for family in dict.fromkeys(f.family for f in faces):
        names = dict.fromkeys(f.name for f in faces if f.family == family)
        stack = ", ".join(f'"{name}"' for name in sorted(names))
        css = re.sub(rf"([\"']){re.escape(family)}\1", stack, css)
    return "\n".join(f.rule for f in faces), css


def is_our_family(name: str) -> bool:
    """Whether we bundle a family, in whatever weight; others are drawn from that."""
    return any(name in (face.name, face.family) for face in _faces())


def is_ours(text: str) -> bool:
    """Whether our fonts have each character of a text."""
    return all(c.isspace() or any(face.has_any(c) for face in _faces()) for c in set(text))


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
        characters=_characters(ranges[1] if ranges else ""),
    )


def _characters(ranges: str) -> re.Pattern[str]:
    """A pattern for the characters of a `unicode-range`; without one, for any."""
    found = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges, re.I)
    pairs = (f"{re.escape(chr(int(a, 16)))}-{re.escape(chr(int(b or a, 16)))}" for a, b in found)
    return re.compile(f"[{''.join(pairs)}]" if found else "", re.DOTALL)
