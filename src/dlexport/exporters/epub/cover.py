"""The cover as a bitmap: what libraries of books show, many of them no SVG."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from dlexport.engine.assets import asset_folder

# What shops ask for: https://kdp.amazon.com wants 1.6 : 1 and 2560 pixels.
WIDTH, HEIGHT = 1600, 2560
_MARGIN = 160
_GROUND, _INK = "#0b4a80", "#ffffff"
# By weight; the first that has a word's letters shows the word.
_FACES = {
    700: ("inter-latin-700", "inter-latin-ext-700", "inter-cyrillic-700", "inter-greek-700",
          "inter-vietnamese-700", "noto-sans-hebrew-hebrew-700", "noto-sans-arabic-arabic-700",
          "noto-sans-devanagari-devanagari-700"),
    400: ("inter-latin-400", "inter-latin-ext-400", "inter-cyrillic-400", "inter-greek-400",
          "inter-vietnamese-400", "noto-sans-hebrew-hebrew-400", "noto-sans-arabic-arabic-400",
          "noto-sans-devanagari-devanagari-400"),
}  # fmt: skip


def draw_cover(title: str, lines: list[str]) -> bytes:
    """A PNG with the title and some lines below it; the same text gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    draw = ImageDraw.Draw(image)
    size = 170
    while size > 60 and _height(title, 700, size) > HEIGHT // 2:
        size -= 10
    y = _write(draw, title, 700, size, HEIGHT // 5)
    draw.rectangle((_MARGIN, y + 40, _MARGIN + 240, y + 52), fill=_INK)
    y += 130
    for line in lines:
        y = _write(draw, line, 400, 64, y) + 20
    target = io.BytesIO()
    image.quantize(64).save(target, "PNG", optimize=True)
    return target.getvalue()


def _write(draw: ImageDraw.ImageDraw, text: str, weight: int, size: int, y: int) -> int:
    """Write a text in lines from `y` down; return where it ends."""
    for line in _lines(text, weight, size):
        x = float(_MARGIN)
        for word in line:
            font = _font(word, weight, size)
            draw.text((x, y), word, font=font, fill=_INK, anchor="la")
            x += font.getlength(word) + size * 0.26
        y += round(size * 1.25)
    return y


def _height(text: str, weight: int, size: int) -> int:
    return round(len(_lines(text, weight, size)) * size * 1.25)


def _lines(text: str, weight: int, size: int) -> list[list[str]]:
    """The words in lines that fit; a word that is wider than a line stands alone."""
    lines: list[list[str]] = []
    room = 0.0
    for word in text.split():
        width = _font(word, weight, size).getlength(word) + size * 0.26
        if not lines or width > room:
            lines.append([])
            room = WIDTH - 2 * _MARGIN
        lines[-1].append(word)
        room -= width
    return lines


def _font(word: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    wanted = {ord(character) for character in word}
    faces = _FACES[weight]
    face = max(faces, key=lambda name: (len(wanted & _characters(name)), -faces.index(name)))
    return ImageFont.truetype(asset_folder() / "fonts" / f"{face}-normal.woff", size)


@cache
def _characters(face: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(asset_folder() / "fonts" / f"{face}-normal.woff").getBestCmap())
