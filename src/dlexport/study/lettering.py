"""Letters as outlines, so that a drawing looks the same wherever it is shown."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any, NamedTuple

from dlexport.engine.assets import asset_folder

# The faces that are tried for each letter, by weight.
_FILES = "inter-{part}-{weight}-normal.woff"
_PARTS = ("latin", "latin-ext", "greek", "cyrillic")

# A font unpacks its tables when they are asked for, and is in no sound state meanwhile.
_ONE_AT_A_TIME = threading.Lock()


class Glyph(NamedTuple):
    """A letter's outline as an SVG path with y upwards, and its width, both in em."""

    path: str
    advance: float


def width(text: str, size: float, weight: int = 400) -> float | None:
    """How long a line is at that size; None where a letter is missing."""
    glyphs = [_glyph(letter, weight) for letter in text]
    known = [glyph.advance for glyph in glyphs if glyph]
    return sum(known) * size if len(known) == len(glyphs) else None


class Letters:
    """The letters of one drawing: each shape stands in it once."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[str, int], str] = {}

    @property
    def definitions(self) -> str:
        """The SVG element that the lines refer to."""
        paths = [
            f'<path id="{self._name(key)}" d="{shape}"/>' for key, shape in self._shapes.items()
        ]
        return f"<defs>{''.join(paths)}</defs>"

    def line(self, text: str, x: float, y: float, size: float, weight: int = 400) -> str:
        """SVG elements for a line from `x` on the baseline `y`; letters that lack are left out."""
        parts = []
        for letter in text:
            glyph = _glyph(letter, weight)
            if glyph and glyph.path:
                self._shapes[letter, weight] = glyph.path
                place = f"matrix({size:g} 0 0 {-size:g} {x:.2f} {y:g})"
                parts.append(f'<use transform="{place}" href="#{self._name((letter, weight))}"/>')
            x += glyph.advance * size if glyph else 0
        return "".join(parts)

    @staticmethod
    def _name(key: tuple[str, int]) -> str:
        letter, weight = key
        return f"u{ord(letter):x}-{weight}"


@cache
def _glyph(letter: str, weight: int) -> Glyph | None:
    with _ONE_AT_A_TIME:
        fonts = (_font(_FILES.format(part=part, weight=weight)) for part in _PARTS)
        return next(filter(None, (_outline(font, letter) for font in fonts)), None)


def _outline(font: Any, letter: str) -> Glyph | None:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    name = font.getBestCmap().get(ord(letter))
    if not name:
        return None
    em, glyphs = font["head"].unitsPerEm, font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.3f}".rstrip("0").rstrip("."))
    glyphs[name].draw(TransformPen(pen, (1 / em, 0, 0, 1 / em, 0, 0)))
    return Glyph(pen.getCommands(), glyphs[name].width / em)


@cache
def _font(name: str) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(asset_folder() / "fonts" / name)
