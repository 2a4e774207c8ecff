"""Numbers that repeat from deck to deck: the deck's own inside it, `2.1` wherever it is cited."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from clients import pdf
from conftest import Make, build, load
from dlexport.commands.cli import cli
from dlexport.model import Collection

SETTINGS = '[[plans]]\nid = "week"\ntitle = "Week"\ndays = 1\ndecks = ["two"]\n'


def question(title: str, requires: str = "") -> str:
    return f"---\ntags: [all]\nrequires: [{requires}]\n---\n\n# What is {title}?\n\nA text.\n"


@pytest.fixture
def root(make: Make) -> Path:
    """Two decks that count from one; what the second builds on is in both."""
    return make(
        {
            "collection.toml": SETTINGS,
            "01-one/1-sum.md": question("a sum"),
            "01-one/2-product.md": question("a product", "sum"),
            "02-two/1-power.md": question("a power", "product"),
            "02-two/2-root.md": question("a root", "power, sum"),
        }
    )


@pytest.fixture
def repeating(root: Path) -> Collection:
    return load(root)


def shown(collection: Collection, out: Path, name: str) -> str:
    """A page of the site, without its tags."""
    made = build(collection, ["web"], out)
    page = next(a.data.decode() for a in made if a.path.as_posix() == f"web/{name}")
    return re.sub(r"<[^>]+>", "", page).replace("\xa0", " ").replace("&#160;", " ")


def test_site(repeating: Collection, tmp_path: Path) -> None:
    """The index and plans cite, a question's own page counts; a map does both."""
    assert "all: 1.1, 1.2, 2.1, 2.2" in shown(repeating, tmp_path, "index.html")
    page = shown(repeating, tmp_path, "q/root.html")
    assert "2. What is a root?" in page
    assert "← 2.1. What is a power?" in page
    assert "2.2. What is a root?" in shown(repeating, tmp_path, "tag/all.html")
    plans = shown(repeating, tmp_path, "plans.html")
    assert "It takes as known: 1.1, 1.2." in plans
    assert "2.1. What is a power?; 2.2. What is a root?" in plans
    listed = shown(repeating, tmp_path, "map.html")
    assert "1. What is a power?: after 1.2. What is a product?" in listed
    assert "2. What is a root?: after 1. What is a power?; 1.1. What is a sum?" in listed


def test_book(repeating: Collection, tmp_path: Path) -> None:
    """The index of the EPUB cites; its chapters count."""
    (mathml, *_) = (a for a in build(repeating, ["epub"], tmp_path) if a.path.suffix == ".epub")
    with zipfile.ZipFile(tmp_path / mathml.path) as archive:
        index = re.sub(r"<[^>]+>", "", archive.read("EPUB/text/index.xhtml").decode())
        chapter = archive.read("EPUB/text/002-root.xhtml").decode()
    assert "all: 1.1, 1.2, 2.1, 2.2" in index
    assert "<title>2. What is a root?</title>" in chapter


@pytest.mark.slow
def test_paper(repeating: Collection, tmp_path: Path) -> None:
    """The contents count below each deck's name, the plan cites."""
    build(repeating, ["pdf"], tmp_path)
    text = pdf.text(tmp_path / "pdf" / "a4" / "book.pdf")
    assert re.search(r"2\.1\.\s+What is a power\?;\s+2\.2", text)
    assert not re.search(r"2\.1\s+What is a power", text)


def test_lists(root: Path, tmp_path: Path) -> None:
    """`list` counts below each deck, its index cites, and so do release notes."""

    def run(*words: object) -> str:
        result = CliRunner().invoke(cli, [str(word) for word in words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert re.search(r"^ +2 +root ", run("list", "--content", root), re.M)
    assert json.loads(run("list", "--content", root, "--tags", "--json")) == {
        "all": ["1.1", "1.2", "2.1", "2.2"]
    }
    run("anki", "--content", root, "--out", tmp_path / "first", "-q")
    path = root / "02-two" / "1-power.md"
    path.write_text(path.read_text("utf-8").replace("A text", "Another"), encoding="utf-8")
    run("release", "--content", root, "--previous", tmp_path / "first", "--out", tmp_path / "o")
    notes = (tmp_path / "o" / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "- **2.1.** What is a power? - answer" in notes


def test_a_number_twice_in_one_deck_is_an_error(make: Make) -> None:
    """There it could not be told which is meant."""
    root = make({"a/1-x.md": "# What is x?\n\nX.\n", "a/1-y.md": "# What is y?\n\nY.\n"})
    result = CliRunner().invoke(cli, ["check", "--content", str(root)])
    assert result.exit_code == 1
    assert " duplicate-number " in result.stderr
