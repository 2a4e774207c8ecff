"""Pictures: what they are is asked of their content, and only what outputs take is opened."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from conftest import Make
from dlexport.commands.cli import cli

SHOWS = "# What is seen?\n\n![a square]({})\n"
# Pillow asks Ghostscript, a program, to draw this.
POSTSCRIPT = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 10 10
%%EndComments
0 0 10 10 rectfill
%%EOF
"""


def bitmap(kind: str) -> bytes:
    """A small square in a format that Pillow writes."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "#0b5394").save(buffer, kind)
    return buffer.getvalue()


def check(root: Path) -> str:
    """What `dlexport check` says of the collection."""
    return CliRunner().invoke(cli, ["check", "--content", str(root)]).stderr


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_postscript_is_not_opened(
    name: str, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is called, it is named as no picture, and no program is started for it."""
    programs, told = tmp_path / "bin", tmp_path / "told"
    programs.mkdir()
    (programs / "gs").write_text(f"#!/bin/sh\ntouch {told}\n", encoding="utf-8")
    (programs / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    root = make({"q.md": SHOWS.format(name)})
    (root / name).write_bytes(POSTSCRIPT)
    assert f"q.md:3:1 bad-picture {name}: is damaged, or no picture" in check(root)
    assert not told.exists()


@pytest.mark.parametrize("kind", ["BMP", "GIF", "ICO", "PPM", "TIFF"])
def test_other_formats_are_refused(kind: str, make: Make) -> None:
    """A picture of another kind under a name that says PNG."""
    root = make({"q.md": SHOWS.format("a.png")})
    (root / "a.png").write_bytes(bitmap(kind))
    assert "bad-picture a.png: is damaged, or no picture" in check(root)


@pytest.mark.parametrize(
    ("kind", "name", "right"),
    [("PNG", "a.jpg", ".png"), ("JPEG", "a.webp", ".jpg"), ("WEBP", "a.png", ".webp")],
)
def test_a_name_that_says_another_format(kind: str, name: str, right: str, make: Make) -> None:
    """Books name the media type by the file's name: the two have to agree."""
    root = make({"q.md": SHOWS.format(name)})
    (root / name).write_bytes(bitmap(kind))
    assert f"bad-picture {name}: is {kind}, write {right}" in check(root)


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpeg"), ("JPEG", "a.JPG"), ("WEBP", "a.webp")]
)
def test_what_is_taken(kind: str, name: str, make: Make) -> None:
    """Each format under each of its names."""
    root = make({"q.md": SHOWS.format(name)})
    (root / name).write_bytes(bitmap(kind))
    assert check(root) == ""


def test_a_photograph_with_a_second_one_behind_it(make: Make) -> None:
    """Cameras write such files under the name of JPEG, and programs show the first."""
    root = make({"q.md": SHOWS.format("a.jpg")})
    pictures = [Image.new("RGB", (2400, 8), colour) for colour in ("red", "blue")]
    pictures[0].save(root / "a.jpg", "MPO", save_all=True, append_images=pictures[1:])
    assert check(root) == ""
