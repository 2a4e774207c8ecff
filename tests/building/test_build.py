"""Builds that are parallel, cached, interrupted, or have nothing to do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner, Result

from conftest import Make, as_from_a_terminal
from dlexport.building import load as loading
from dlexport.commands.cli import cli
from dlexport.engine import cache
from dlexport.engine.workers import Workers
from dlexport.problems import ResourceError
from dlexport.rendering import highlight
from dlexport.rendering.highlight import Listings

CARD = "## Cards\n\n### What is $x_{n}$? {{#c}}\n\nIt is `{n}`.\n"
FILES = {
    f"{deck}/{deck}{n}.md": (
        f"---\nquestion: Why {deck}{n}?\n---\n\n## Answer\n\n"
        f"Because $x_{n}$ and [that]({deck}1.md).\n\n" + CARD.format(n=n)
    )
    for deck in ("one", "two")
    for n in (1, 2)
}


FILES["collection.toml"] = 'title = "A title"\n'


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.setenv("DLEXPORT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def run(*words: str | Path) -> Result:
    """The command line, in this process."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def digests(out: Path) -> dict[str, str]:
    """Every file below a folder with its checksum."""
    files = (path for path in out.rglob("*") if path.is_file())
    return {p.relative_to(out).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.mark.slow
def test_bytes_do_not_depend_on_jobs_or_cache(make: Make, tmp_path: Path, kept: Path) -> None:
    """One process or two, with an empty cache, a full one or none: the same files."""
    root = make(FILES)
    found = []
    for i, options in enumerate((("--jobs", "1"), ("--jobs", "2"), ("--jobs", "2", "--no-cache"))):
        run("all", "--content", root, "--out", tmp_path / str(i), *options)
        found.append(digests(tmp_path / str(i)))
    assert any(kept.rglob("*"))
    assert found[0] == found[1] == found[2]


@pytest.mark.slow
def test_what_is_there_is_not_made_again(make: Make, tmp_path: Path, kept: Path) -> None:
    """Nothing is written, the same is said; a lost or altered output is made again."""
    root, out = make(FILES), tmp_path / "out"
    first = run("all", "--content", root, "--out", out, "--jobs", "1")
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    second = run("all", "--content", root, "--out", out)
    assert "nothing has changed" in second.stderr
    assert second.stdout == first.stdout
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == times
    whole = digests(out)
    book = out / "pdf" / "a4" / "book.pdf"
    for damage, flag in ((book.unlink, ()), (lambda: book.write_bytes(b"%PDF"), ("--force",))):
        damage()
        third = run("all", "--content", root, "--out", out, "--jobs", "1", *flag)
        assert "nothing has changed" not in third.stderr
        assert digests(out) == whole


@pytest.mark.parametrize("name", ["one/one1.md", "collection.toml", "one/new.md"])
def test_a_change_is_seen(name: str, make: Make, tmp_path: Path, kept: Path) -> None:
    """An edited file, a changed setting, a new file; then the way back."""
    root, out = make(FILES), tmp_path / "out"
    run("epub", "--content", root, "--out", out)
    before = digests(out)
    path = root / name
    old = path.read_text(encoding="utf-8") if path.exists() else None
    new = {"collection.toml": 'title = "Other"\n'}.get(name, "# What else?\n\nSomething else.\n")
    path.write_text(new, encoding="utf-8")
    os.utime(path, (0, 0))  # times do not matter
    run("epub", "--content", root, "--out", out)
    assert digests(out) != before
    if old is None:
        path.unlink()
    else:
        path.write_text(old, encoding="utf-8")
    os.utime(root / "two" / "two2.md", (0, 0))


def test_listings_are_highlighted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later process takes over the lines of an earlier one, and asks for no lexer."""
    code = "def f(x):\n    return x not in 'abc'  # so"
    earlier, later = Listings(), Listings()
    lines = earlier.highlight(code, "python")
    assert ("ow", "not") in [piece for line in lines for piece in line]
    later.restore(earlier.results())
    monkeypatch.setattr(highlight, "_highlighted", pytest.fail)
    assert later.highlight(code, "python") == lines


@pytest.mark.slow
def test_a_damaged_cache_does_no_harm(make: Make, tmp_path: Path, kept: Path) -> None:
    """Entries cut off, overwritten or empty are no entries."""
    root = make(FILES)
    run("pdf", "--content", root, "--out", tmp_path / "a", "--jobs", "1")
    entries = [path for path in kept.rglob("*") if path.is_file()]
    assert len(entries) > 10
    for i, path in enumerate(entries):
        data = path.read_bytes()
        path.write_bytes((data[:-1], b"", data[:30] + b"x" + data[31:], b"x" * 40)[i % 4])
    run("pdf", "--content", root, "--out", tmp_path / "b", "--jobs", "1")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_a_cache_that_cannot_be_written_does_no_harm(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a file where the folder should be."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DLEXPORT_CACHE", str(tmp_path / "file"))
    run("epub", "--content", make(FILES), "--out", tmp_path / "out")


def test_results_of_another_program_are_not_taken(
    monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    """The program is a part of every key."""
    before = cache.key_of("a")
    monkeypatch.setattr(cache, "program", lambda: "another")
    assert cache.key_of("a") != before


def test_old_entries_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody wanted for a month, and beyond the largest size the longest unwanted."""
    store = cache.Cache(tmp_path)
    now = time.time()
    names = [cache.key_of(str(n)) for n in range(4)]
    for name, age in zip(names, (0, 10, 20, 31 * 24 * 3600), strict=True):
        store.put(name, b"x" * 100)
        os.utime(tmp_path / name[:2] / name[2:], (now - age, now - age))
    monkeypatch.setattr(cache, "_LARGEST", 300)
    store.prune()
    assert [bool(store.get(name)) for name in names] == [True, True, False, False]


def test_a_folder_of_others_may_hold_the_cache(tmp_path: Path) -> None:
    """Their files stay, however old and whatever their folders are called."""
    store = cache.Cache(tmp_path)
    mine = [tmp_path / name for name in ("db/mine", "ab/mine", "documents/mine")]
    for path in mine:
        path.parent.mkdir()
        path.write_text("mine", encoding="utf-8")
        os.utime(path, (0, 0))
    store.put(cache.key_of("ours"), b"x")
    store.prune()
    assert store.clear() > 0
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(mine)


@pytest.mark.slow
def test_clean(make: Make, tmp_path: Path, kept: Path) -> None:
    """Outputs and cache go, strangers' files stay."""
    out = tmp_path / "out"
    run("all", "--content", make(FILES), "--out", out, "--jobs", "1")
    (out / "pdf" / "mine.txt").write_text("mine", encoding="utf-8")
    run("clean", "--out", out)
    assert digests(out).keys() == {"pdf/mine.txt"}
    assert not kept.exists()


@dataclass(frozen=True)
class Doomed:
    """Work that its process does not survive."""

    digest: str = "doomed"


def die(_source: Doomed) -> bytes:
    """End this process without a word."""
    os._exit(3)


@pytest.mark.slow
def test_a_process_that_dies_is_reported_with_the_artifact() -> None:
    """Such as one that the system killed for its memory."""
    with pytest.raises(ResourceError, match=r"worked on pdf/a4/book.*memory"), Workers(2) as shop:
        shop.do(die, [Doomed()], "pdf/a4/book")


@dataclass(frozen=True)
class Slow:
    """Work that takes long, and the folder in which it says how far it is."""

    digest: str
    folder: Path


def sleep(source: Slow) -> bytes:
    """Take ten minutes."""
    (source.folder / "begun").touch()
    time.sleep(600)
    (source.folder / "ended").touch()
    return b""


@pytest.mark.slow
def test_an_error_stops_the_others_at_once(tmp_path: Path) -> None:
    """The first error counts; what is under way is broken off."""
    slow = [Slow("a", tmp_path), Slow("b", tmp_path)]

    def fail() -> None:
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        raise ResourceError("no")

    with pytest.raises(ResourceError, match="no"), Workers(2) as shop:
        shop.side_by_side([lambda: shop.do(sleep, slow, "a"), fail])
    assert not (tmp_path / "ended").exists()


def test_what_stopped_the_others_is_what_is_said() -> None:
    """A task that only was stopped may end before the one that has failed."""
    workers = Workers(2)

    def go_on_for_ever() -> None:
        while True:
            workers.go_on()
            time.sleep(0.01)

    def fail_slowly() -> None:
        workers.stop()
        time.sleep(0.2)
        raise ResourceError("this is why")

    with pytest.raises(ResourceError, match="this is why"):
        workers.side_by_side([go_on_for_ever, fail_slowly])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (signal.SIGINT, 130),
        (signal.SIGTERM, 143),
        (signal.SIGHUP, 129),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_an_interrupted_build_leaves_what_was_there(
    sent: signal.Signals, status: int, make: Make, tmp_path: Path
) -> None:
    """It ends at once, its processes with it, and every earlier file is as it was."""
    root, out = make(FILES), tmp_path / "out"
    run("epub", "--content", root, "--out", out)
    before = digests(out)
    long = "".join(f"# Why {n}?\n\n{'word ' * 20000}\n\n" for n in range(1))
    for n in range(8):
        (root / f"long{n}.md").write_text(long, encoding="utf-8")
    command = [sys.executable, "-m", "dlexport", "all", "--no-cache", "--jobs", "2", "-v"]
    with subprocess.Popen(
        [*command, "--content", root, "--out", out], stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=as_from_a_terminal,
    ) as process:  # fmt: skip
        assert process.stderr
        wait_until_workers_compute(process)
        if sent == signal.SIGINT:  # a terminal sends it to the whole group
            os.killpg(process.pid, sent)
        else:
            process.send_signal(sent)
        process.stderr.read()
    assert process.returncode == status  # it was broken off: to its end it would give 0
    assert digests(out) == before
    assert group_ends(process.pid)


def wait_until_workers_compute(process: subprocess.Popen[str]) -> None:
    """Go on when what a build has started is at work on the pages."""
    computed = 0.0
    while computed < 2:  # seconds; loading the libraries takes about one
        assert process.poll() is None
        time.sleep(0.05)
        computed = 0.0
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                computed += child.cpu_times().user


def group_ends(group: int) -> bool:
    """Whether every process of a group comes to its end; five minutes are for ever."""
    for _ in range(3000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_two_builds_at_once_in_one_folder(make: Make, tmp_path: Path, kept: Path) -> None:
    """Both end well, and the folder holds whole files."""
    root, out = make(FILES), tmp_path / "out"
    words = (
        "-m",
        "dlexport",
        "all",
        "-q",
        "--jobs",
        "1",
        "--content",
        str(root),
        "--out",
        str(out),
    )
    builds = [subprocess.Popen([sys.executable, *words]) for _ in range(2)]
    assert [build.wait() for build in builds] == [0, 0]
    run("all", "--content", root, "--out", tmp_path / "alone", "--jobs", "1")
    assert digests(out) == digests(tmp_path / "alone")


ELSEWHERE = {
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "7",
    "HOME": "/nonexistent",
    "COLUMNS": "40",
}


@pytest.mark.slow
def test_bytes_do_not_depend_on_the_surroundings(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    """Other folders, locale, time zone, hash seed, umask, home and time of the files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    root = make(FILES)
    other = tmp_path / "in" / "another" / "place"
    shutil.copytree(root, other, copy_function=shutil.copy)
    for path in other.rglob("*"):
        os.utime(path, (5, 5))
    long = tmp_path / ("x" * 99)  # too long a path for a socket
    long.mkdir(parents=True)
    surroundings = ELSEWHERE | {"TMPDIR": str(long)}
    if not sys.prefix.isascii():  # Python's `site` reads its own .pth files by the locale
        surroundings |= {"LC_ALL": "C.UTF-8"}
    found = []
    for i, (folder, extra, mask) in enumerate(((root, {}, 0o022), (other, surroundings, 0o077))):
        out = tmp_path / f"out{i}"
        words = ("-m", "dlexport", "all", "-q", "--no-cache", "--content", ".", "--out", str(out))
        subprocess.run(
            [sys.executable, *words], cwd=folder, env=os.environ | extra, umask=mask, check=True
        )
        found.append(digests(out))
    assert found[0] == found[1]


def test_a_file_that_changes_while_it_is_read(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    """It is said, and the next build is not taken for one that has nothing to do."""
    root, out = make(FILES), tmp_path / "out"
    load = loading.load_checked

    def load_then_edit(*words: Any, **options: Any) -> Any:
        found = load(*words, **options)
        (root / "new.md").write_text("# What is new?\n\nThis.\n", encoding="utf-8")
        (root / "one" / "one1.md").unlink()
        return found

    monkeypatch.setattr(loading, "load_checked", load_then_edit)
    assert "a file was changed meanwhile" in run("web", "--content", root, "--out", out).stderr
    monkeypatch.undo()
    (root / "one" / "one2.md").write_text("# Why one2?\n\nSo.\n", encoding="utf-8")
    run("web", "--content", root, "--out", out)
    run("web", "--content", root, "--out", tmp_path / "anew", "--no-cache")
    assert digests(out) == digests(tmp_path / "anew")


def test_a_file_that_comes_and_goes_while_others_are_read(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    """What was made of it is not taken for the result of what was there before and after."""
    root, out = make(FILES), tmp_path / "out"
    load = loading.load_checked

    def load_with_a_guest(*words: Any, **options: Any) -> Any:
        guest = root / "guest.md"
        guest.write_text("# Who is there?\n\nA guest.\n", encoding="utf-8")
        found = load(*words, **options)
        guest.unlink()
        return found

    monkeypatch.setattr(loading, "load_checked", load_with_a_guest)
    assert "a file was changed meanwhile" in run("web", "--content", root, "--out", out).stderr
    monkeypatch.undo()
    run("web", "--content", root, "--out", out)
    run("web", "--content", root, "--out", tmp_path / "anew", "--no-cache")
    assert digests(out) == digests(tmp_path / "anew")


def test_outputs_below_the_content_are_no_part_of_it(make: Make, kept: Path) -> None:
    """They do not change the date, and from the second build on nothing has changed."""
    root = make(FILES)
    for path in root.rglob("*"):
        os.utime(path, (5, 5))
    run("web", "--content", root, "--out", root / "build")
    before = digests(root / "build")
    for path in (root / "build").rglob("*"):
        os.utime(path, (7, 7))
    run("web", "--content", root, "--out", root / "build", "--no-cache")
    assert digests(root / "build") == before
    run("web", "--content", root, "--out", root / "build")
    again = run("web", "--content", root, "--out", root / "build")
    assert "nothing has changed" in again.stderr


@pytest.mark.slow
def test_files_that_come_and_go(make: Make, tmp_path: Path) -> None:
    """While a program rewrites them as fast as it can, builds end well or name a problem."""
    root, out = make(FILES), tmp_path / "out"
    writer = (
        "import sys, os, itertools\n"
        "for n in itertools.count():\n"
        "    with open(sys.argv[1], 'w') as file: file.write(f'# Why {n}?\\n\\nSo.\\n' * 50)\n"
        "    os.unlink(sys.argv[1])\n"
    )
    with subprocess.Popen([sys.executable, "-c", writer, str(root / "restless.md")]) as process:
        try:
            for _ in range(5):
                words = ["web", "--content", str(root), "--out", str(out)]
                result = CliRunner().invoke(cli, words)
                assert result.exit_code in (0, 1), result.output
                assert result.exception is None or isinstance(result.exception, SystemExit)
        finally:
            process.kill()
    (root / "restless.md").unlink(missing_ok=True)
    run("web", "--content", root, "--out", out)
    run("web", "--content", root, "--out", tmp_path / "anew", "--no-cache")
    assert digests(out) == digests(tmp_path / "anew")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="rights are POSIX's")
def test_a_folder_that_may_not_be_written(make: Make, tmp_path: Path) -> None:
    """A clear message, exit code 1, and every earlier file as it was."""
    root, out = make(FILES), tmp_path / "out"
    run("epub", "--content", root, "--out", out)
    before = digests(out)
    (root / "new.md").write_text("# What is new?\n\nThis.\n", encoding="utf-8")
    folders = [out, *(path for path in out.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    # For root no folder is read-only, unless it gives up that privilege.
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    words = ["-m", "dlexport", "epub", "--content", str(root), "--out", str(out)]
    command = [*(bound if os.geteuid() == 0 else []), sys.executable, *words]
    done = subprocess.run(command, capture_output=True, text=True)
    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 1
    assert "cannot be written: Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(out) == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_a_disk_that_is_full(make: Make, tmp_path: Path, kept: Path) -> None:
    """A clear message, exit code 1, and every earlier file as it was."""
    root, out = make(FILES), tmp_path / "out"
    run("epub", "--content", root, "--out", out)
    before = digests(out)
    (root / "new.md").write_text(f"# What is new?\n\n{'word ' * 40000}\n", encoding="utf-8")

    def small_files() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    words = ("-m", "dlexport", "epub", "--content", str(root), "--out", str(out))
    done = subprocess.run(
        [sys.executable, *words], preexec_fn=small_files, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "out: cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(out) == before
