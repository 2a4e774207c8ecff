"""`dlexport init` begins a collection that builds, and changes nothing that is there."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clients import anki
from conftest import load
from dlexport.commands.cli import cli


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize("title", ["History", 'Meine "Über" Karten\\', "数学", "🎉"])
def test_it_builds(title: str, tmp_path: Path) -> None:
    """Without a warning, whatever the title, and learners can import it."""
    content, out = tmp_path / "content", tmp_path / "out"
    assert run("init", "--content", content, "--title", title).exit_code == 0
    checked = run("check", "--content", content, "--strict")
    assert (checked.exit_code, checked.stderr) == (0, "")
    built = run("anki", "--content", content, "--out", out, "--strict")
    assert built.exit_code == 0
    assert "namespace" not in built.output
    collection = load(content)
    assert collection.metadata.title == title
    with anki.new_collection() as learner:
        (package,) = (out / "anki").glob("*.apkg")
        assert len(anki.import_package(learner, package).new) == 1
        (deck,) = (d.name for d in learner.decks.all_names_and_ids() if "::" in d.name)
        assert deck == f"{title}::01 First steps"


def test_each_has_a_namespace_of_its_own(tmp_path: Path) -> None:
    """Two collections of one title do not meet in a learner's program."""
    found = set()
    for name in ("a", "b"):
        run("init", "--content", tmp_path / name, "--title", "Cards")
        text = (tmp_path / name / "collection.toml").read_text(encoding="utf-8")
        found.add(tomllib.loads(text)["anki"]["namespace"])
    assert len(found) == 2


def test_questions_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    """Then there is no example; the title is the folder's name."""
    content = tmp_path / "my-notes" / "content"
    content.mkdir(parents=True)
    (content / "a.md").write_text("# A?\n\nB.\n", encoding="utf-8")
    done = run("init", "--content", content, "--json")
    assert json.loads(done.stdout)["files"] == [str(content / "collection.toml")]
    assert sorted(path.name for path in content.iterdir()) == ["a.md", "collection.toml"]
    assert load(content).metadata.title == "My notes"


@pytest.mark.parametrize("name", ["collection.toml", "ledger.json"])
def test_what_is_there_is_not_overwritten(name: str, tmp_path: Path) -> None:
    """Neither settings nor the record of what was released."""
    (tmp_path / name).write_text("{}", encoding="utf-8")
    done = run("init", "--content", tmp_path)
    assert done.exit_code == 2
    assert name in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_wrong_places(tmp_path: Path) -> None:
    """A file in place of the folder, and a title that cannot be shown."""
    (tmp_path / "file").touch()
    assert "is a file" in run("init", "--content", tmp_path / "file").stderr
    done = run("init", "--content", tmp_path / "new", "--title", "a\x07b")
    assert done.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_without_a_namespace_a_build_says_what_to_write(tmp_path: Path) -> None:
    """The line has the value in use: with it everything stays what it is for learners."""
    (tmp_path / "a.md").write_text("# A?\n\nB.\n", encoding="utf-8")
    settings = tmp_path / "collection.toml"
    settings.write_text('title = "My Notes"\n', encoding="utf-8")
    said = run("anki", "--content", tmp_path, "--out", tmp_path.with_name("out")).output
    assert 'write `namespace = "my-notes"` below [anki]' in said
    before = load(tmp_path).metadata.anki
    settings.write_text('title = "Other"\n[anki]\nnamespace = "my-notes"\n', encoding="utf-8")
    after = load(tmp_path).metadata.anki
    assert (after.namespace, after.deck_id) == (before.namespace, before.deck_id)
    done = run("anki", "--content", tmp_path, "--out", tmp_path.with_name("out"))
    assert "no namespace" not in done.output
