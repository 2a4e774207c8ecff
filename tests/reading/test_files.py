"""What is read, hashed and watched is one set of files: links, folders that cannot be read."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Make
from dlexport.building.folders import state
from dlexport.building.unchanged import key
from dlexport.commands.cli import cli
from dlexport.reading.files import content_files

QUESTION = "# What is {}?\n\nA word.\n"
FILES = {"words/one.md": QUESTION.format("one"), "words/two.md": QUESTION.format("two")}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def check(root: Path, *words: str) -> Result:
    """`dlexport check` of a folder."""
    return CliRunner().invoke(cli, ["check", "--content", str(root), *words])


def ids(root: Path) -> list[str]:
    """The questions that `dlexport list` names."""
    result = CliRunner().invoke(cli, ["list", "--json", "--content", str(root)])
    assert result.exit_code == 0, result.output
    return [Path(path).stem for path in map(str, content_files(root).questions)]


@pytest.mark.parametrize("name", ["words/x.md", "introduction.md", "collection.toml",
                                  "references.bib", "ledger.json", "deck", "a.svg"])  # fmt: skip
def test_a_link_that_leads_out_is_an_error(name: str, make: Make, tmp_path: Path) -> None:
    """Nothing of what lies there is shown, be it a file or a folder."""
    root, outside = make(FILES), tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# What is secret?\n\nThis.\n", encoding="utf-8")
    target = outside if name == "deck" else outside / "secret.md"
    (root / name).symlink_to(target)
    result = check(root)
    assert result.exit_code == 1
    assert f"{name}:1:1 bad-symlink leads out of the content: {target}" in result.stderr
    assert "secret?" not in result.output
    assert result.stderr.count("bad-symlink") == 1


def test_links_inside_are_followed_once(make: Make) -> None:
    """From a folder that is no deck into a deck; a second way to the same is named."""
    root = make({**FILES, "_pool/deck/three.md": QUESTION.format("three")})
    (root / "deck").symlink_to("_pool/deck")
    (root / "words" / "four.md").symlink_to("../_pool/four.md")
    (root / "_pool" / "four.md").write_text(QUESTION.format("four"), encoding="utf-8")
    assert check(root, "--strict").exit_code == 0
    assert ids(root) == ["three", "four", "one", "two"]
    (root / "again").symlink_to("words")
    result = check(root)
    assert "again:1:1 repeated-symlink leads to words, which is read there already" in result.stderr
    assert ids(root) == ["three", "four", "one", "two"]


def test_a_link_to_pictures_says_nothing(make: Make) -> None:
    """Folders of pictures may be linked into each deck."""
    text = QUESTION.format("three") + "\n![a dot](figures/dot.svg)\n"
    root = make({**FILES, "figures/dot.svg": PICTURE, "words/three.md": text})
    (root / "words" / "figures").symlink_to("../figures")
    assert check(root, "--strict").exit_code == 0


def test_loops_end(make: Make) -> None:
    """To the folder itself, to one around it, and to each other."""
    root = make(FILES)
    (root / "words" / "loop").symlink_to("..")
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    result = check(root)
    assert "words/loop:1:1 repeated-symlink" in result.stderr
    assert "a:1:1 bad-symlink leads to itself: b" in result.stderr
    assert "b:1:1 bad-symlink" in result.stderr


def test_a_link_to_nothing_is_an_error(make: Make) -> None:
    """A deck whose folder was moved does not vanish."""
    root = make(FILES)
    (root / "deck").symlink_to("moved")
    (root / "words" / "three.md").symlink_to("gone.md")
    (root / ".#one.md").symlink_to("somebody@machine")  # Emacs' lock
    stderr = check(root).stderr
    assert "deck:1:1 bad-symlink leads to what is not there: moved" in stderr
    assert "words/three.md:1:1 bad-symlink leads to what is not there: gone.md" in stderr
    assert stderr.count("bad-symlink") == 2


def test_what_is_no_file_is_an_error(make: Make) -> None:
    """A pipe would be waited for; a folder named like a file is a deck."""
    root = make({**FILES, "notes.md/three.md": QUESTION.format("three")})
    os.mkfifo(root / "words" / "pipe.md")
    result = check(root)
    assert "words/pipe.md:1:1 unreadable-file cannot be read: it is a pipe" in result.stderr
    (root / "words" / "pipe.md").unlink()
    os.mkfifo(root / "words" / "pipe.txt")  # nobody reads it
    assert ids(root) == ["three", "one", "two"]


def as_owner_alone() -> None:
    """Take from root what lets it read everything."""
    for capability in (1, 2) if os.geteuid() == 0 else ():  # DAC_OVERRIDE, DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def run(words: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """The command line as somebody whom permissions hold."""
    command = [sys.executable, "-m", "dlexport", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=as_owner_alone)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="permissions are tried as Linux has them")
@pytest.mark.parametrize("name", ["words", "words/one.md"])
def test_what_cannot_be_read_is_an_error(name: str, make: Make, tmp_path: Path) -> None:
    """And nothing of an earlier build is deleted."""
    root, out = make({**FILES, "more/three.md": QUESTION.format("three")}), tmp_path / "out"
    run(["web", "--content", root, "--out", out])
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (root / name).chmod(0)
    try:
        for command, *options in (["check"], ["web", "--out", str(out)]):
            done = run([command, "--content", root, *options])
            assert done.returncode == 1
            where = (root / name).as_posix()
            assert f"{where}:1:1 unreadable-file cannot be read: Permission" in done.stderr
    finally:
        (root / name).chmod(0o700)
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name", ["node_modules/a/b.md", ".venv/c.md", "env/lib/d.md", ".notes/e.md", "_x/f.md"]
)
def test_names_that_are_never_content(name: str, make: Make) -> None:
    """Packages, environments, what is hidden."""
    root = make({**FILES, name: QUESTION.format("no"), "env/pyvenv.cfg": "home = /usr\n"})
    assert ids(root) == ["one", "two"]


def test_exclude(make: Make) -> None:
    """Patterns as in .gitignore; files of ours are never excluded."""
    patterns = '"drafts/", "*.draft.md", "!kept.draft.md", "/top.md", "*.toml"'
    settings = f'title = "T"\nexclude = [{patterns}]\n[anki]\nnamespace = "t"\n'
    drafts = {name: QUESTION.format("it") for name in (
        "drafts/a.md", "words/drafts/b.md", "c.draft.md", "top.md")}  # fmt: skip
    kept = {"words/kept.draft.md": QUESTION.format("kept"), "words/top.md": QUESTION.format("top")}
    root = make({**FILES, **drafts, **kept, "collection.toml": settings})
    assert ids(root) == ["kept.draft", "one", "top", "two"]
    assert check(root, "--strict").exit_code == 0  # the namespace is read


def test_an_excluded_picture_is_named(make: Make) -> None:
    """A picture that no key would know is not shown either."""
    text = QUESTION.format("three") + "\n![a dot](../drafts/dot.svg)\n"
    files = {**FILES, "drafts/dot.svg": PICTURE, "words/three.md": text}
    root = make({**files, "collection.toml": 'exclude = ["drafts"]\n'})
    assert "../drafts/dot.svg is passed over: it is excluded" in check(root).stderr


@pytest.mark.parametrize(("value", "message"), [
    ('"drafts"', "1:1 wrong-type `exclude` has to be a list"),
    ("[3]", "1:12 wrong-type item 1 of `exclude` has to be text"),
    ('["a", "!"]', "1:17 bad-value “!” is no pattern"),
    (f'["{"*a" * 12}b"]', "1:12 bad-value “*a*a"),
    (f'["{"**/" * 9}b"]', "1:12 bad-value “**/"),
])  # fmt: skip
def test_exclude_is_checked(value: str, message: str, make: Make) -> None:
    """Its type, and that it has a meaning."""
    long = {f"words/{'a' * 200}.md": QUESTION.format("long")}
    root = make({**FILES, **long, "collection.toml": f"exclude = {value}\n"})
    assert f"collection.toml:{message}" in check(root).stderr


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_what_links_lead_to_is_hashed_and_watched(change: str, make: Make) -> None:
    """An edit behind a link is seen as any other."""
    root = make({**FILES, "_pool/deck/three.md": QUESTION.format("three")})
    (root / "deck").symlink_to("_pool/deck")
    before = key(root, {}, None), state(root)
    path = root / "_pool" / "deck" / ("four.md" if change == "add" else "three.md")
    if change == "remove":
        path.unlink()
    else:
        path.write_text(QUESTION.format("something else"), encoding="utf-8")
    assert key(root, {}, None) != before[0]
    assert state(root) != before[1]


def test_what_is_not_read_is_neither_hashed_nor_watched(make: Make) -> None:
    """Scripts, editors' files, what is excluded."""
    root = make({**FILES, "collection.toml": 'exclude = ["drafts"]\n'})
    before = key(root, {}, None), state(root)
    for name in ("draw.py", "words/.one.md.swp", "words/one.md~", "words/#one.md#", "words/4913",
                 "words/one.md.bak", "drafts/a.md", "words/x.json"):  # fmt: skip
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    assert (key(root, {}, None), state(root)) == before


@pytest.mark.parametrize("is_linked", [False, True])
def test_templates_behind_links_are_hashed_and_watched(
    is_linked: bool, make: Make, tmp_path: Path
) -> None:
    """The folder of templates is the user's own: its links may lead anywhere."""
    root, theme, templates = make(FILES), tmp_path / "theme", tmp_path / "templates"
    (theme / "web").mkdir(parents=True)
    (theme / "web" / "page.html").write_text("ONE", encoding="utf-8")
    templates.mkdir()
    (templates / "web").symlink_to(theme / "web")
    (templates / "loop").symlink_to(templates)
    used = templates if is_linked else theme
    before = key(root, {}, used), state(root, templates=used)
    (theme / "web" / "page.html").write_text("THREE", encoding="utf-8")
    assert key(root, {}, used) != before[0]
    assert state(root, templates=used) != before[1]
