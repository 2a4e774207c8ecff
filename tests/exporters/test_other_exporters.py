"""Exporters of other packages: found, run, and named when they are broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clients import anki
from conftest import REPOSITORY, Make

pytestmark = pytest.mark.slow

EXAMPLE = REPOSITORY / "examples" / "dlexport-csv"
FILES = {
    "one/why.md": (
        "---\nquestion: Why?\ntags: [cause]\n---\n\n## Answer\n\nSo.\n\n## Cards\n\n"
        '### What is "x"? {#x .core}\n\nA *letter*.\n\n### {#c .cloze}\n\nIt is {{c1::so}}.\n'
    )
}
BROKEN = {
    "absent": "nowhere:Exporter",
    "failing": "broken:Failing",
    "straying": "broken:Straying",
}
BROKEN_MODULE = """
from pathlib import PurePosixPath
from dlexport import Artifact

class Failing:
    def artifacts(self, collection, context):
        raise KeyError("a key")

class Straying:
    def artifacts(self, collection, context):
        yield Artifact(PurePosixPath("../elsewhere.txt"), b"")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages: the example as pip installs it, and one with broken exporters."""
    folder = tmp_path_factory.mktemp("packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder, EXAMPLE], check=True)
    (folder / "broken.py").write_text(BROKEN_MODULE, encoding="utf-8")
    about = folder / "broken-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    points = "".join(f"{name} = {value}\n" for name, value in BROKEN.items())
    (about / "entry_points.txt").write_text(f"[dlexport.exporters]\n{points}")
    return folder


def run(installed: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line, with those packages."""
    return subprocess.run(
        [sys.executable, "-m", "dlexport", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_example_is_a_command(installed: Path, make: Make, tmp_path: Path) -> None:
    """Both files, what is left out is said, and Anki imports the one with headers."""
    out = tmp_path / "out"
    root = make({**FILES, "collection.toml": 'title = "Content"\n'})
    done = run(installed, "csv", "--content", root, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "1 cloze cards are left out" in done.stderr
    quizlet = (out / "csv" / "content-quizlet.txt").read_text(encoding="utf-8")
    assert quizlet == '"What is ""x""?"\tA letter.\n'
    with anki.new_collection() as learner:
        log = anki.import_text(learner, out / "csv" / "content-anki.txt")
        assert log.new
        (note,) = (learner.get_note(i) for i in learner.find_notes("tag:cause tag:core"))
        assert note.fields == ["What is &quot;x&quot;?", "A letter."]  # text, as HTML
        assert learner.decks.name(note.cards()[0].did) == "One"


def test_help_names_it(installed: Path) -> None:
    """Beside ours, with the package it comes from."""
    assert "Make what dlexport-csv adds." in run(installed, "--help").stdout


def test_all_with_it(installed: Path, make: Make, tmp_path: Path) -> None:
    """Its files are in the manifest, and go when they are not made any more."""
    words = ("--content", make(FILES), "--out", tmp_path, "--jobs", "1")
    assert run(installed, "all", "--also", "csv", *words).returncode == 0
    listed = json.loads((tmp_path / "manifest.json").read_text())["files"]
    paths = {entry["path"] for entry in listed if entry["path"].startswith("csv/")}
    assert len(paths) == 2
    (tmp_path / "content" / "collection.toml").write_text('slug = "other"\n', encoding="utf-8")
    assert run(installed, "csv", *words).returncode == 0
    assert {p.name for p in (tmp_path / "csv").iterdir()} == {"other-anki.txt", "other-quizlet.txt"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent", "of package broken cannot be loaded: ModuleNotFoundError"),
        ("failing", "(package broken) failed: KeyError: 'a key'"),
        ("straying", "its file ../elsewhere.txt does not lie in straying/"),
    ],
)
def test_a_broken_one_stops_nothing_else(
    name: str, message: str, installed: Path, make: Make, tmp_path: Path
) -> None:
    """It is named, ours are made, and the exit status is 1."""
    words = ("--content", make(FILES), "--out", tmp_path / "out", "--jobs", "1")
    done = run(installed, "all", "--also", name, *words)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "web" / "index.html").is_file()
    assert not (tmp_path / "elsewhere.txt").exists()


def test_one_that_is_not_there(installed: Path, make: Make, tmp_path: Path) -> None:
    """A wrong call, with what was meant."""
    words = ("--content", make(FILES), "--out", tmp_path / "out")
    done = run(installed, "all", "--also", "cvs", *words)
    assert done.returncode == 2
    assert "there is no exporter “cvs”: did you mean “csv”?" in done.stderr
