"""What exporters warn of is heard in every way that problems are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.test_watch import watching
from conftest import Make
from dlexport.commands.cli import cli

# No namespace is set: the Anki exporter warns.
FILES = {"one/a.md": "# What is a?\n\nSee [b](../two/b.md).\n", "two/b.md": "# What is b?\n\nB.\n"}
LINK = "one/a.md:3:5 left-out-link"


def run(root: Path, out: Path, *words: str) -> Result:
    """Run a command that builds."""
    return CliRunner().invoke(cli, [*words, "--content", str(root), "--out", str(out)])


@pytest.mark.parametrize("words", [("anki",), ("epub", "--deck", "one")])
def test_strict_means_every_warning(words: tuple[str, ...], make: Make, tmp_path: Path) -> None:
    """Without the option a line and success; with it failure, and nothing is written."""
    root, out = make(FILES), tmp_path / "out"
    strict = run(root, out, *words, "--strict")
    assert (strict.exit_code, "1 warning" in strict.stderr) == (1, True)
    assert not out.exists()
    for _ in range(2):  # the second time nothing has changed
        done = run(root, out, *words)
        assert (done.exit_code, "1 warning" in done.stderr) == (0, True)
    assert run(root, out, *words, "--strict").exit_code == 1


def test_data_has_every_warning(make: Make, tmp_path: Path) -> None:
    """With code and place, whether or not anything was made anew."""
    root = make(FILES)
    for words in (("--strict",), (), ()):
        done = run(root, tmp_path / "out", "epub", "--deck", "one", "--json", *words)
        data = json.loads(done.stdout)
        assert data["ok"] == (not words)
        (problem,) = data["problems"]
        assert (problem["code"], problem["severity"]) == ("left-out-link", "warning")
        assert (problem["line"], problem["column"]) == (3, 5)
        assert problem["file"].endswith("one/a.md")


def test_quiet_leaves_them_out(make: Make, tmp_path: Path) -> None:
    """As it does with all warnings."""
    assert run(make(FILES), tmp_path / "out", "anki", "--quiet").output == ""


def test_a_comment_allows_them(make: Make, tmp_path: Path) -> None:
    """It is counted then, and `check`, which builds nothing, does not call it unused."""
    allowed = "<!-- allow left-out-link: two is read later -->\n"
    root = make(FILES | {"one/a.md": FILES["one/a.md"] + "\n" + allowed})
    done = run(root, tmp_path / "out", "epub", "--deck", "one", "--strict")
    assert (done.exit_code, "1 allowed with a reason" in done.stderr) == (0, True)
    checked = CliRunner().invoke(cli, ["check", "--content", str(root), "--strict"])
    assert (checked.exit_code, checked.stderr) == (0, "")


@pytest.mark.slow
def test_watch_shows_them(make: Make, tmp_path: Path) -> None:
    """Before it says that it has built."""
    root = make({"q.md": "# What is a?\n\n```nolanguage\nx\n```\n"})
    with watching(root, tmp_path / "out") as (process, _):
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if " built in " in line:
                break
    assert any("q.md:3:1 unknown-language" in line for line in said)
