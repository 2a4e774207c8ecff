"""Colours of decks: legible by day and by night, in the order of the whole collection."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import ImageColor

from conftest import Make, build, load
from dlexport.building.selection import Selection, select
from dlexport.rendering.palette import DECK_COLOURS

# The papers of the site, of print and of Anki's cards.
DAY, NIGHT = ("#ffffff", "#fcfcfa"), ("#15181b", "#16191d", "#1c1f24")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (value / 255 for value in ImageColor.getrgb(colour)[:3])
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_can_be_read() -> None:
    """Text in it has the contrast that WCAG asks of small letters, on every paper of ours."""
    for colour in DECK_COLOURS:
        assert min(contrast(colour.day, paper) for paper in DAY) >= 4.9
        assert min(contrast(colour.night, paper) for paper in NIGHT) >= 6.2


def test_neighbours_differ_in_grey() -> None:
    """L* of CIELAB, which is what is left of a colour in a grey print, differs by 10 or so."""

    def lightness(colour: str) -> float:
        y = luminance(colour)
        return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27

    around = (*DECK_COLOURS, DECK_COLOURS[0])
    for kind in ("day", "night"):
        steps = [abs(lightness(getattr(a, kind)) - lightness(getattr(b, kind)))
                 for a, b in pairwise(around)]  # fmt: skip
        assert min(steps[:-1]) >= 9


@pytest.fixture
def fifteen(make: Make) -> Path:
    """A collection of fifteen decks."""
    return make({f"{n:02}-deck/{n}-q.md": f"# What is {n}?\n\nA number.\n" for n in range(1, 16)})


def test_decks_take_the_next_colour(fifteen: Path, tmp_path: Path) -> None:
    """After the fourteenth comes the first again; a selection changes no deck's colour."""
    collection = load(fifteen)
    classes = re.compile(r'<h1 class="deck-name (deck-\d+)">')
    whole = build(collection, ["web"], tmp_path / "whole")
    pages = [a for a in whole if a.path.parent.name == "deck"]
    found = {a.path.name: classes.search(a.data.decode()) for a in pages}
    names = [deck.id for deck in collection.decks]
    shown = [match[1] for name in names if (match := found[f"{name}.html"])]
    assert shown == [f"deck-{n}" for n in [*range(1, 15), 1]]
    part = select(collection, Selection(decks=[names[3]]))
    (page,) = (a for a in build(part, ["web"], tmp_path / "part") if a.path.parent.name == "deck")
    assert 'class="deck-name deck-4"' in page.data.decode()


def test_anki_shows_the_deck_in_its_colour(fifteen: Path, tmp_path: Path) -> None:
    """The note names its deck, the stylesheet has the colour: a new order renews no note."""
    from clients import anki

    build(load(fifteen), ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, next((tmp_path / "anki").glob("*.apkg")))
        card = learner.get_card(learner.find_cards("deck:*01*")[0])
        deck = re.search(r'class="(topic-[\w-]+)"', card.question())
        assert deck
        colour = DECK_COLOURS[0]
        rule = f".{deck[1]} {{ --day: {colour.day}; --night: {colour.night}; }}"
        assert rule in card.note_type()["css"]
