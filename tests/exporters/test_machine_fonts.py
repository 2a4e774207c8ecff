"""A font that is installed after a build is used by the next, without --no-cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from conftest import Make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is told its files here"),
]
STRANGE = "\U00013000"  # an Egyptian hieroglyph: none of our fonts has it
SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def font(path: Path) -> None:
    """Write a font that has one character, a square."""
    pen = TTGlyphPen(None)
    for x, y, draw in ((0, 0, pen.moveTo), (0, 700, pen.lineTo), (700, 700, pen.lineTo)):
        draw((x, y))
    pen.closePath()
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "bird": pen.glyph()}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(STRANGE): "bird"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (800, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Birds", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_a_font_that_is_installed_is_seen(make: Make, tmp_path: Path) -> None:
    """The warning goes, the pages change; what has our characters alone is not made again."""
    root = make({"q.md": f"# What is {STRANGE}?\n\nA bird.\n", "r.md": "# What is r?\n\nSo.\n"})
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    settings = tmp_path / "fonts.conf"
    settings.write_text(SETTINGS.format(fonts=fonts, cache=tmp_path / "fc"), encoding="utf-8")
    environment = os.environ | {
        "FONTCONFIG_FILE": str(settings),
        "DLEXPORT_CACHE": str(tmp_path / "cache"),
    }

    def build(*words: str, out: str = "out") -> str:
        command = [sys.executable, "-m", "dlexport", "pdf", "--content", str(root), "--jobs", "1"]
        done = subprocess.run(
            [*command, "--out", str(tmp_path / out), *words],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stderr

    assert "no font has" in build()
    assert "nothing has changed" in build()
    font(fonts / "birds.ttf")
    said = build()
    assert "no font has" not in said
    assert "nothing has changed" not in said
    build("--no-cache", out="anew")
    for path in (tmp_path / "anew").rglob("*.pdf"):
        assert (
            path.read_bytes()
            == (tmp_path / "out" / path.relative_to(tmp_path / "anew")).read_bytes()
        )
    (fonts / "birds.ttf").unlink()
    assert "no font has" in build()
