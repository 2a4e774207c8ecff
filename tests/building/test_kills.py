"""Whatever ends a build, and however many run at once: nothing foreign is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import Make, as_from_a_terminal
from dlexport.building import journal
from dlexport.building.journal import JOURNAL, opened
from dlexport.problems import ResourceError
from outputs import LETTERS, assert_lists_are_right, files, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's"),
]
FORMATS = ("anki", "web")
STRANGERS = {"mine.txt": b"mine", "web/mine.html": b"mine", "web/deck/mine.html": b"mine"}
TEXTS = ("The first letter.", "It is $\\alpha$.", "A letter of the Greeks.")
_PATIENCE = 10.0  # seconds; a build that is stopped takes one, and machines are busy


def command(*words: object) -> list[str]:
    """The command line, for a process of its own."""
    return [sys.executable, "-m", "dlexport", *map(str, words)]


class Stage:
    """A collection that changes, a folder with strangers' files, and what has to be in it."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder, self.out = root, folder, folder / "out"
        for name, data in STRANGERS.items():
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            (self.out / name).write_bytes(data)
        self.expected = [self._alone(n) for n in range(len(TEXTS))]

    def turn(self, n: int) -> None:
        """Give the collection its text of that number."""
        text = f"# What is alpha?\n\n{TEXTS[n]}\n"
        (self.root / "letters" / "alpha.md").write_text(text, encoding="utf-8")

    def build(self, out: Path) -> None:
        """Build to the end."""
        for name in FORMATS:
            run(name, "--content", self.root, "--out", out, "--jobs", "1")

    def _alone(self, n: int) -> dict[str, bytes]:
        self.turn(n)
        self.build(self.folder / f"alone{n}")
        return files(self.folder / f"alone{n}") | STRANGERS

    def assert_known(self, n: int) -> None:
        """The next build gives what a first one gives, and strangers' files are there."""
        found = files(self.out)
        assert {name: found[name] for name in STRANGERS} == STRANGERS
        self.build(self.out)
        assert files(self.out) == self.expected[n]


@pytest.fixture
def stage(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """One question, at a fixed date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return Stage(make(LETTERS), tmp_path)


def kill(stage: Stage, n: int, chance: random.Random) -> None:
    """End a build at a moment that chance has chosen, often while it writes."""
    name = chance.choice(FORMATS)
    end = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, None))
    limit = chance.randrange(200, 200_000) if end is None else 0
    stage.turn(n)
    folder = stage.folder / "temporary"
    shutil.rmtree(folder, ignore_errors=True)  # what SIGKILL has left
    folder.mkdir()
    words = command(name, "--content", stage.root, "--out", stage.out, "--jobs", "2")
    with subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(folder)}, preexec_fn=beginning(limit),
    ) as process:  # fmt: skip
        assert process.stderr
        if end is not None:
            wait_for(process, stage, folder, chance)
            with suppress(ProcessLookupError):
                process.send_signal(end)
        said = process.stderr.read()
        process.wait(_PATIENCE)
    assert "Traceback" not in said, said
    assert end == signal.SIGKILL or not any(folder.iterdir())


def beginning(limit: int) -> Callable[[], None]:
    """What a process does first: it takes Ctrl-C, and no file gets longer than the limit."""

    def begin() -> None:
        import resource

        as_from_a_terminal()
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return begin


def wait_for(
    process: subprocess.Popen[str], stage: Stage, folder: Path, chance: random.Random
) -> None:
    """Wait for any moment after Python's own start, or for one while the build writes."""
    while process.poll() is None and not any(folder.glob("dlexport-*")):
        time.sleep(0.001)
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 1.5))
        return
    while process.poll() is None and not (stage.out / JOURNAL).exists():
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.1))


@pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.large)])
def test_kills_at_any_moment(count: int, stage: Stage) -> None:
    """By Ctrl-C, SIGTERM, a hang-up, SIGKILL or a full disk."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")  # shown where the test fails
    chance = random.Random(seed)
    for i in range(count):
        kill(stage, i % len(TEXTS), chance)
        stage.assert_known(i % len(TEXTS))


# A program that builds five times, each time of another date, so that each writes its files.
BUILDS = """
import os, sys
from dlexport.commands.cli import cli
for i in range(5):
    os.environ["SOURCE_DATE_EPOCH"] = str(1_700_000_000 + os.getpid() + i * 86_400)
    cli(sys.argv[1:], standalone_mode=False)
"""


def test_eight_builds_at_once(stage: Stage) -> None:
    """Five times: each ends well, and the lists name what is there, nothing more or less."""
    stage.turn(0)
    words = ("-q", "--content", stage.root, "--out", stage.out, "--jobs", "1")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDS, FORMATS[i % len(FORMATS)], *map(str, words)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for i in range(8)
    ]
    for process in running:
        said = process.communicate()[1]
        assert process.returncode == 0, said
    found = files(stage.out)
    assert {name: found[name] for name in STRANGERS} == STRANGERS
    for name in STRANGERS:
        (stage.out / name).unlink()
    assert_lists_are_right(stage.out)


def test_who_holds_the_folder_is_said(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that waits says so, and in the end for whom; nothing is written."""
    monkeypatch.setattr(journal, "_PATIENCE", 0.1)
    root, out = make(LETTERS), tmp_path / "out"
    out.mkdir()
    with opened(out) as held:
        held.add([])
        result = run("web", "--content", root, "--out", out, exit_code=1)
        assert f"waiting for another build in {out}" in result.stderr
        assert f"{out}: process {os.getpid()} on " in result.stderr
        assert files(out).keys() == {JOURNAL}
        with pytest.raises(ResourceError, match="has been writing"), opened(out):
            pass
        held.end()
    assert files(out) == {}
    run("web", "--content", root, "--out", out)
    assert_lists_are_right(out)
