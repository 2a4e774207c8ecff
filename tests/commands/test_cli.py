"""The command line: exit codes, streams, machine-readable results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Make, load
from dlexport import __version__
from dlexport.commands.cli import cli
from dlexport.document import from_data

GOOD = {"q.md": "# Why $x$?\n\nBecause.\n"}


def run(*words: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_version() -> None:
    """The version alone, for programs to read."""
    assert run("--version").output == f"dlexport {__version__}\n"


@pytest.mark.parametrize("command", ["all", "anki", "pdf", "epub", "check", "list", "release"])
def test_help_names_every_command(command: str) -> None:
    """Each command has a line in the general help, and help of its own."""
    assert f"  {command} " in run("--help").output
    assert "--content" in run(command, "--help").output


@pytest.mark.slow
def test_help_is_light() -> None:
    """What takes long to import is imported where it is used."""
    import subprocess
    import sys

    code = "import sys, dlexport.commands.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"weasyprint", "genanki", "quickjs", "jinja2", "markdown_it", "yaml", "PIL", "pygments"}
    assert loaded & heavy == set()


@pytest.mark.slow
def test_all_writes_and_sums_up(make: Make, tmp_path: Path) -> None:
    """A line for each file with size and time, the counts last."""
    result = run("all", "--content", make(GOOD), "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "1 question, 1 card, 1 deck" in result.stdout
    for path in ("anki/content.apkg", "epub/content.epub", "pdf/a4/cheatsheet-all.pdf"):
        name = path.replace("content", tmp_path.name.replace("_", "-"))
        assert any(Path(name).suffix in line for line in result.stdout.splitlines())
    assert "\x1b" not in result.output


def test_json_is_all_there_is(make: Make, tmp_path: Path) -> None:
    """With --json, standard output is one document."""
    result = run("anki", "--content", make(GOOD), "--out", tmp_path / "out", "--json")
    data = json.loads(result.stdout)
    assert data["ok"]
    assert [Path(f["path"]).suffix for f in data["files"]] == [".apkg", ".json"]
    (found,) = json.loads(run("list", "--content", make(GOOD), "--json").stdout)
    assert found["id"] == "q"
    assert found["minutes"] == {"answer": 1, "spoken_answer": None}


def test_quiet_is_quiet(make: Make, tmp_path: Path) -> None:
    """No word when all is well."""
    assert run("anki", "--content", make(GOOD), "--out", tmp_path / "o", "-q").output == ""


def test_warnings_fail_only_when_strict(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning is shown, and stops nothing unless asked to."""
    root = make({"q.md": "# Why?\n\n```nolanguage\nx\n```\n"})
    assert run("check", "--content", root).exit_code == 0
    assert run("check", "--content", root, "--strict").exit_code == 1
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "--content", "nowhere"), "there is no such folder"),
        (("check", "--contents", "x"), "No such option"),
        (("al",), "No such command"),
    ],
)
def test_wrong_calls_exit_with_2(words: tuple[str, ...], message: str) -> None:
    """A wrong call is not a problem of the content."""
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.slow
def test_an_unknown_deck_is_a_wrong_call(make: Make, tmp_path: Path) -> None:
    """The nearest deck is named."""
    root = make({"one/q.md": GOOD["q.md"], "two/r.md": GOOD["q.md"]})
    result = run("web", "--content", root, "--out", tmp_path / "o", "--deck", "onne")
    assert result.exit_code == 2
    assert "did you mean “one”?" in result.stderr


def test_a_bad_source_date_epoch(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with its value."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = run("anki", "--content", make(GOOD), "--out", tmp_path / "o")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is “yesterday”" in result.stderr


def test_no_folder_to_write_to(make: Make, tmp_path: Path) -> None:
    """A file in the way of the output folder is a message, not a traceback."""
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    result = run("anki", "--content", make(GOOD), "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_show_prints_what_can_be_read_again(make: Make) -> None:
    """As text, by id or number; as JSON, a tree that is the text's own."""
    written = "# Why $x$?\n\n## Answer\n\nBecause *so*:\n\n- a\n- b\n\n## Cards\n\n"
    root = make({"q.md": written + "### Front? {#one}\n\nBack.\n"})
    by_id = run("show", "q", "--content", root)
    assert by_id.output == written + "### Front? {#one}\n\nBack.\n"
    assert run("show", "1", "--content", root).output == by_id.output
    data = json.loads(run("show", "q", "--content", root, "--json").output)
    assert from_data(data["answer"]) == load(root).questions[0].answer
    assert data["cards"][0]["id"] == "one"


def test_show_says_which_questions_there_are(make: Make) -> None:
    """A name that is nearly one; a number that two have."""
    root = make({"a/1-depth.md": "# A?\n\nA.\n", "b/1-width.md": "# B?\n\nB.\n"})
    nearly = run("show", "dept", "--content", root)
    assert (nearly.exit_code, "depth" in nearly.output) == (2, True)
    twice = run("show", "1", "--content", root)
    assert (twice.exit_code, "depth, width" in twice.output) == (2, True)
