"""A build starts no process but those that ARCHITECTURE.md names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY, Make

pytestmark = pytest.mark.slow

# Python runs this before anything else, in each process that is started.
_WATCHER = """
import os, sys
EVENTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile",
          "pty.spawn"}
def note(event, arguments):
    if event in EVENTS:
        program = os.fspath(arguments[0])
        program = program.decode() if isinstance(program, bytes) else str(program)
        with open(os.environ["STARTED"], "a", encoding="utf-8") as file:
            file.write(event + " " + os.path.basename(program) + "\\n")
sys.addaudithook(note)
import multiprocessing.util
started = multiprocessing.util.spawnv_passfds
def noted(path, *more):
    note("multiprocessing", (path,))
    return started(path, *more)
EVENTS.add("multiprocessing")
multiprocessing.util.spawnv_passfds = noted
"""
# Each kind of file that a build reads. The picture is what Pillow would ask Ghostscript to
# draw, the program is never run without `--run`.
_FILES = {
    "collection.toml": 'title = "Signs"\nhomepage = "https://example.org/"\n',
    "introduction.md": "Words, and $x$.\n",
    "references.bib": "@article{one, title = {One}, year = {2020}}\n",
    "one/a.md": (
        "---\nreferences: [one]\n---\n\n# What is seen?\n\n![A square](a.svg)\n\n$$\\frac12$$\n\n"
        "```python run\nimport os\nos.system('true')\n```\n\n```output\n\n```\n"
    ),
    "one/a.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8">'
        '<linearGradient id="g"/><rect width="8" height="8" fill="url(#g)"/></svg>'
    ),
}


def started(words: list[str], folder: Path) -> tuple[set[str], str]:
    """The programs that dlexport has started, and what it said."""
    (folder / "watcher").mkdir()
    (folder / "watcher" / "sitecustomize.py").write_text(_WATCHER, encoding="utf-8")
    told = folder / "started.txt"
    told.touch()
    surroundings = {**os.environ, "PYTHONPATH": str(folder / "watcher"), "STARTED": str(told)}
    done = subprocess.run(
        [sys.executable, "-m", "dlexport", *words],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = told.read_text(encoding="utf-8").splitlines()
    return {line.partition(" ")[2] for line in lines}, done.stderr + done.stdout


def named() -> set[str]:
    """The programs of ARCHITECTURE.md's table of processes."""
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("## Which processes a build starts")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall("`([^`]+)`", row)}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_starts_what_is_named(jobs: str, make: Make, tmp_path: Path) -> None:
    """All formats, in one process and in several, without a cache."""
    root = make(_FILES)
    words = ["all", "--content", str(root), "--out", str(tmp_path / "out"), "--no-cache"]
    programs, said = started([*words, "--jobs", jobs], tmp_path)
    assert "1 question" in said
    python = {Path(sys.executable).name, Path(sys.executable).resolve().name}
    ours = {"python" if program in python else program for program in programs}
    assert "git" in ours  # the watcher watches
    assert ours <= named()


def test_a_picture_starts_nothing(make: Make, tmp_path: Path) -> None:
    """Nor does one that Pillow has another program for."""
    root = make({"q.md": "# What is seen?\n\n![A square](a.png)\n"})
    (root / "a.png").write_bytes(
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n%%EOF\n"
    )
    programs, said = started(["check", "--content", str(root)], tmp_path)
    assert "bad-picture" in said
    assert programs <= {"git"}
