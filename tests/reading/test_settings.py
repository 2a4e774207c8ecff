"""collection.toml: values are checked as deep as they go, each fault with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Make
from dlexport.problems import Problems
from dlexport.reading.collection import read_collection
from dlexport.reading.tomlplaces import offsets


def said(make: Make, settings: str, *files: str) -> list[str]:
    """What is said of a collection with these settings: line, column, code, message."""
    names = files or ("one/a.md", "two/b.md")
    root = make(
        {"collection.toml": settings} | {name: f"# What is {name}?\n\nA.\n" for name in names}
    )
    problems = Problems()
    read_collection(root, problems)
    found = [p for p in problems if p.place.path.endswith("collection.toml")]
    return [f"{p.place.line}:{p.place.column} {p.code} {p.message}" for p in found]


# Settings, and below each the message that it gives.
FAULTS = re.findall(
    r"(.+?)\n=> ([^\n]+)\n",
    (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8"),
    re.S,
)


@pytest.mark.parametrize(("settings", "message"), FAULTS)
def test_faults(settings: str, message: str, make: Make) -> None:
    """One fault, one message at its place."""
    assert said(make, settings.strip()) == [message]


def test_a_number_that_is_too_long_to_show(make: Make) -> None:
    """Python shows no whole number of more than 4300 digits; TOML's hexadecimal ones have any."""
    settings = f"[anki]\ndeck_id = 0x{'f' * 5000}"
    assert said(make, settings) == ["2:1 bad-value `deck_id` is a number of 20000 bits"]


@pytest.mark.parametrize("written", ["one", "one/", "./one", "one//", "./one/./", "two/../one"])
def test_spellings_of_a_folder(written: str, make: Make) -> None:
    """However a folder is written, it is that folder, and its questions are in its deck once."""
    settings = f'[[decks]]\nfolder = "{written}"\nid = "abc"\ntitle = "The alphabet"\n'
    assert said(make, settings) == []
    root = make({"collection.toml": settings})
    decks = read_collection(root, Problems()).decks
    assert [(d.id, d.title, len(d.questions)) for d in decks] == [
        ("abc", "The alphabet", 1),
        ("two", "Two", 1),
    ]


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 9000, "a = " + "9" * 5000, "a = 1\na = 2", "a = 'x", "= 1"]
)
def test_what_is_no_toml(text: str, make: Make) -> None:
    """Python's reader has errors of several kinds; all of them are messages."""
    (message,) = said(make, text)
    assert " bad-toml " in message


def test_places() -> None:
    """Keys with dots and in quotes, strings of four kinds, comments, lists in lists."""
    text = '''\
a.b = 1 # c = 2
"q.r" = """x
y = 3 \\""" z"""
\'s\' = \'\'\'it\'s\'\'\'
l = [ # one
  [1, "]"], { k = 2, m.n = [3] },
  1979-05-27 07:32:00,
]
[t . u]
v = "#"
[[t.w]]
x = 1
[[t.w]]
[t.w.y]
z = 2
'''
    lines = text.splitlines()
    found = {
        path: (text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
        for path, at in offsets(text).items()
    }
    assert found["a", "b"] == (1, 1)
    assert found["q.r",] == (2, 1)
    assert found["s",] == (4, 1)
    assert found["l", 0, 1] == (6, lines[5].index('"]"') + 1)
    assert found["l", 1, "m", "n", 0] == (6, lines[5].index("3") + 1)
    assert found["l", 2] == (7, 3)
    assert found["t", "u", "v"] == (10, 1)
    assert found["t", "w", 0, "x"] == (12, 1)
    assert found["t", "w", 1] == (13, 1)
    assert found["t", "w", 1, "y", "z"] == (15, 1)
