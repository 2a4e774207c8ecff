"""Standard output as it may be: closed, full, of another encoding, no terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Make

pytestmark = pytest.mark.slow

SIGNS = "# Was bedeutet ∑ → 数学? 😀\n\nEine Summe.\n"
# A way of each kind to write to standard output.
COMMANDS = [
    ("--help",),
    ("list",),
    ("check", "--json"),
    ("show", "q"),
    ("anki",),
    ("doctor",),
    ("clean",),
]


def command(words: tuple[str, ...], root: Path) -> list[str]:
    """A call of dlexport about a collection, its outputs beside it."""
    call = [sys.executable, "-m", "dlexport", *words]
    if words[0] in ("list", "check", "show", "anki", "pdf"):
        call += ["--content", str(root)]
    if words[0] == "init":
        call += ["--content", str(root.parent / "new")]
    if words[0] in ("anki", "pdf", "clean") and "--help" not in words:
        call += ["--out", str(root.parent / "out")]
    return call


def run(
    words: tuple[str, ...], root: Path, stdout: int, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run it with a standard output."""
    surroundings = {**os.environ, "DLEXPORT_CACHE": str(root.parent / "cache"), **more}
    return subprocess.run(
        command(words, root), stdout=stdout, stderr=subprocess.PIPE, env=surroundings, check=False
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_closed_pipe_ends_in_silence(words: tuple[str, ...], make: Make) -> None:
    """The reader has had enough."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(words, make({"q.md": SIGNS}), writing)
    finally:
        os.close(writing)
    assert b"Traceback" not in done.stderr
    assert b"rror" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_full_disk_is_one_line(words: tuple[str, ...], make: Make) -> None:
    """And failure."""
    with Path("/dev/full").open("wb") as full:
        done = run(words, make({"q.md": SIGNS}), full.fileno())
    lines = [line for line in done.stderr.decode().splitlines() if "no-namespace" not in line]
    said = [line for line in lines if line.startswith("error ")]
    assert said == ["error standard output cannot be written: No space left on device"]
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_any_encoding(encoding: str, make: Make) -> None:
    """What the stream lacks is written by its number; data are UTF-8 or ASCII."""
    root = make({"q.md": SIGNS})
    shown = run(("list",), root, subprocess.PIPE, PYTHONIOENCODING=encoding)
    line = shown.stdout.decode(encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert ("∑" in line) == encoding.startswith("utf")
    assert ("\\u2211" in line) != encoding.startswith("utf")
    done = run(("list", "--json"), root, subprocess.PIPE, PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout)[0]["question"] == "Was bedeutet ∑ → 数学? 😀"


def test_the_locale_of_a_container(make: Make) -> None:
    """Data do not depend on it."""
    root = make({"q.md": SIGNS})
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(("list", "--json"), root, subprocess.PIPE, **plain)
    assert json.loads(done.stdout)[0]["question"] == "Was bedeutet ∑ → 数学? 😀"
    assert run(("list",), root, subprocess.PIPE, **plain).returncode == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_but_data(jobs: str, make: Make, tmp_path: Path) -> None:
    """What libraries print, in worker processes too, is no part of the result."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.abc, os, sys\n"
        "class Loud(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name in ('weasyprint', 'genanki', 'PIL', 'pikepdf'):\n"
        "            print('noise of', name, flush=True)\n"
        "            os.write(1, b'noise below Python\\n')\n"
        "sys.meta_path.insert(0, Loud())\n",
        encoding="utf-8",
    )
    words = ("pdf", "--json", "--no-cache", "--jobs", jobs)
    root = make({"q.md": SIGNS})
    done = run(words, root, subprocess.PIPE, PYTHONPATH=str(tmp_path))
    assert json.loads(done.stdout)["ok"]
    assert b"noise of weasyprint" in done.stderr
    assert b"noise below Python" in done.stderr


@pytest.mark.parametrize(("term", "live"), [("dumb", False), ("xterm", True)])
def test_a_dumb_terminal(term: str, live: bool, make: Make) -> None:
    """It gets no colours and no lines that change."""
    root = make({"q.md": "# What?\n\n```nolanguage\nx\n```\n"})
    ours, theirs = pty.openpty()
    surroundings = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    subprocess.run(command(("check",), root), stdout=theirs, stderr=theirs, check=True,
                   env={**surroundings, "TERM": term})  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert b"unknown-language" in said
    assert (b"\x1b" in said) == live
