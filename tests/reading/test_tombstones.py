"""Tombstones and ledgers that were merged, and folders that are not there: what is said."""

# ruff: noqa: E501 (a case is a line)

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Make
from dlexport.commands.cli import cli

CONFIG = 'title = "T"\n[anki]\nnamespace = "t"\n'
CARD = "### What is {0}? {{#{0}}}\n\nThe card {0}.\n\n"
QUESTION = "# What is it?\n\nThat.\n\n## Cards\n\n"


def call(*words: str | Path) -> Result:
    """The command line, in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def released(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection whose cards a/one, a/two and b/three are on record; a has gone."""
    cards = {"a": ("one", "two"), "b": ("three",)}
    files = {f"words/{name}.md": f"---\nid: {name}\nquestion: What is {name}?\n---\n\n## Answer\n\n"
             f"That.\n\n## Cards\n\n{''.join(map(CARD.format, ids))}" for name, ids in cards.items()}  # fmt: skip
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    root, out = make({**files, "collection.toml": CONFIG}), tmp_path / "out"
    assert call("anki", "--content", root, "--out", out).exit_code == 0
    assert call("record", out / "anki" / "t.apkg", "--content", root).exit_code == 0
    (root / "words" / "a.md").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    return root


def said(root: Path, text: str) -> list[str]:
    """What is said of these tombstones, the hints with it."""
    (root / "tombstones.toml").write_text(text, encoding="utf-8")
    found = json.loads(call("check", "--json", "--content", root).stdout)["problems"]
    return [f"{p['line']}:{p['column']} {p['code']} {p['message']}; {p['hint']}" for p in found
            if p["code"] != "vanished-id"]  # fmt: skip


@pytest.mark.parametrize("text", ['"a" = "why"', 'a = "why"', '"a/one" = "1"\n"a/two" = "2"'])
def test_a_line_for_each_card_or_for_a_question(text: str, released: Path, tmp_path: Path) -> None:
    """Nothing is missed then, and the next release can be recorded."""
    assert not said(released, text)
    assert call("check", "--strict", "--content", released).exit_code == 0
    assert call("anki", "--content", released, "--out", tmp_path / "new").exit_code == 0
    package = tmp_path / "new" / "anki" / "t.apkg"
    assert call("record", package, "--content", released).exit_code == 0
    assert call("check", "--strict", "--content", released).exit_code == 0


def test_a_card_of_such_a_question_does_not_come_back(released: Path) -> None:
    """As one with a line of its own."""
    text = (
        f"---\nid: a\nquestion: Why?\n---\n\n## Answer\n\nSo.\n\n## Cards\n\n{CARD.format('one')}"
    )
    (released / "words" / "a.md").write_text(text, encoding="utf-8")
    assert "“a/one” was removed: why" in said(released, 'a = "why"')[0]


@pytest.mark.parametrize(("text", "message"), [
    ('"a/on" = "x"', "1:1 unknown-tombstone no card was released as “a/on”; did you mean “a/one”"),
    ('\n"c" = "x"', "2:1 unknown-tombstone no card of a question “c” was released; delete the line"),
    ('a.one = "x"', "1:1 bad-ledger a.one is a key with dots, no card's key; write `\"a/one\" = \"x\"`"),
    ('[a]\none = "x"', "1:1 bad-ledger [a] is a table, no card's key; write `\"a/one\" = \"x\"`"),
    ('"a/one" = 3', "1:1 bad-ledger the reason for “a/one” is no text; write `\"question/card\""),
    ('"a/one" = " "', "1:1 bad-ledger the reason for “a/one” is no text; write `\"question/card\""),
    ('"A b" = "x"', "1:1 bad-ledger “A b” is no card's key; write `\"question/card\" = \"why\"`, or"),
    ('# a/one\n"a/one" = []', "2:1 bad-ledger the reason for “a/one” is no text"),
    ("a/one = 'x'", "1:2 bad-ledger Expected '=' after a key in a key/value pair; write"),
    ('<<<<<<< HEAD\na = "x"\n=======\n>>>>>>> b', "1:1 bad-ledger a merge that was not finished"),
])  # fmt: skip
def test_tombstones_that_are_none(text: str, message: str, released: Path) -> None:
    """By name, at their place."""
    assert said(released, text)[0].startswith(message)


def test_a_merged_ledger_is_named(released: Path) -> None:
    """With what to do; then `record` writes it anew."""
    path = released / "ledger.json"
    whole = path.read_text(encoding="utf-8")
    first, _, rest = whole.partition('  "cards"')
    merged = f'{first}<<<<<<< HEAD\n  "cards"{rest}=======\n  "cards"{rest}>>>>>>> theirs\n'
    path.write_text(merged, encoding="utf-8")
    stderr = call("check", "--content", released).stderr
    line = first.count("\n") + 1
    assert f"ledger.json:{line}:1 bad-ledger a merge that was not finished" in stderr
    assert "`dlexport record`, given the package of the last release, writes it anew" in stderr


def test_merged_settings_are_named(make: Make) -> None:
    """As any file of TOML's."""
    merged = 'title = "T"\n<<<<<<< HEAD\nversion = "1"\n=======\nversion = "2"\n>>>>>>> b\n'
    root = make({"words/a.md": "# What?\n\nThat.\n", "collection.toml": merged})
    stderr = call("check", "--content", root).stderr
    assert "collection.toml:2:1 bad-toml a merge that was not finished" in stderr


def test_where_the_content_may_be(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the content itself, in a deck of it, elsewhere; a file is no folder."""
    root = make({"words/a.md": "# What?\n\nThat.\n", "collection.toml": CONFIG})
    for folder, near in ((root, "."), (root / "words", "..")):
        monkeypatch.chdir(folder)
        for command in ("check", "web", "list"):
            result = call(command)
            assert result.exit_code == 2
            meant = f"did you mean --content {near}? collection.toml is there"
            assert f"content: there is no such folder; {meant}" in result.stderr
    monkeypatch.chdir(root.parent.parent)
    assert "did you mean" not in call("check").stderr
    result = call("check", "--content", root / "words" / "a.md")
    assert result.exit_code == 2
    assert f"a.md: is a file; name a folder, such as --content {root / 'words'}" in result.stderr
