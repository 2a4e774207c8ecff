"""Cards lead to their question's page, wherever the site is and whatever the id."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from clients import anki
from conftest import Make, build, load

IDS = ("plain", "über-数学", "con", "long-" * 40 + "end")
QUESTION = """---
id: {0}
question: What is {0}?
---

## Answer

Text.

## Cards

### A front {{#card}}

A back.
"""


def answers(package: Path) -> list[str]:
    """The backs of all cards, as Anki fills them in."""
    with anki.new_collection() as learner:
        anki.import_package(learner, package)
        return [learner.get_card(card).answer() for card in learner.find_cards("")]


def addresses(package: Path) -> list[str]:
    """Where the cards lead."""
    return [found for text in answers(package) for found in re.findall(r'<a href="([^"]+)"', text)]


@pytest.mark.parametrize("site", ["https://example.org", "https://example.org/~a/b&c"])
def test_each_card_leads_to_its_page(site: str, make: Make, tmp_path: Path) -> None:
    """The pages are there, also where an id is no name for a file."""
    files = {f"d/{n}.md": QUESTION.format(id) for n, id in enumerate(IDS)}
    root = make({"collection.toml": f'site = "{site}"\n', **files})
    made = build(load(root), ["anki", "web"], tmp_path)
    (package,) = (tmp_path / a.path for a in made if a.path.suffix == ".apkg")
    led = [unquote(a.replace("&amp;", "&")) for a in addresses(package)]
    assert len(led) == len(IDS)
    for address in led:
        assert address.startswith(f"{site}/q/")
        assert (tmp_path / "web" / address.removeprefix(f"{site}/")).is_file()


def test_without_a_site_no_card_leads_anywhere(make: Make, tmp_path: Path) -> None:
    """The card's id stands alone."""
    build(load(make({"d/a.md": QUESTION.format("a")})), ["anki"], tmp_path)
    (answer,) = answers(next((tmp_path / "anki").glob("*.apkg")))
    assert "a/card" in answer
    assert "<a " not in answer
