"""Nobody's files are replaced or deleted but those that a build wrote, byte for byte."""

from __future__ import annotations

import json
import os
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import Make
from dlexport.building.journal import JOURNAL
from outputs import LETTERS, assert_lists_are_right, files, listed, run

OTHERS = '{"name": "A web application", "files": [{"path": "web/about.html"}]}'
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")


@pytest.fixture
def root(make: Make) -> Path:
    """A collection of one question."""
    return make(LETTERS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for outputs, empty."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (OTHERS, "not written by dlexport"),
        ("", "not written by dlexport"),
        ("[" * 100_000, "not written by dlexport"),
        ('{"generator": "dlexport 9", "format": "other", "files": []}', "not written by dlexport"),
        ('{"generator": "dlexport 9", "files": [{"path": "../../x"}]}', "not written by dlexport"),
        (
            '{"generator": "dlexport 9", "format": "dlexport outputs", "format_version": 2, '
            '"files": []}',
            "newer than this",
        ),
    ],
)
def test_a_manifest_that_is_not_ours(text: str, says: str, root: Path, out: Path) -> None:
    """It is named, it stays, and so does what it names."""
    (out / "web").mkdir()
    (out / "web" / "about.html").write_text("mine", encoding="utf-8")
    (out / "manifest.json").write_text(text, encoding="utf-8")
    before = files(out)
    for words in (("web", "--content", root), ("clean",)):
        result = run(*words, "--out", out, exit_code=1)
        assert f"{out / 'manifest.json'}: was " in result.stderr
        assert says in result.stderr
        assert files(out) == before
    run("web", "--content", root, "--out", out, "--force")
    assert files(out)["web/about.html"] == b"mine"
    assert "web/about.html" not in listed(out)


@pytest.mark.parametrize("name", ["web/index.html", "SHA256SUMS"])
def test_a_file_that_no_build_wrote_is_not_replaced(name: str, root: Path, out: Path) -> None:
    """Nothing is written, the file is named; --force replaces it."""
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    result = run("web", "--content", root, "--out", out, exit_code=1)
    assert f"{out / name}: not written by dlexport" in result.stderr
    assert "--force" in result.stderr
    assert files(out) == {name: b"mine"}
    run("web", "--content", root, "--out", out, "--force")
    assert_lists_are_right(out)


def test_a_file_that_was_changed_since_is_the_users(root: Path, out: Path) -> None:
    """No build and no `clean` takes it; what is no longer made stays and is named."""
    run("web", "--content", root, "--out", out)
    page = out / "web" / "index.html"
    page.write_text("mine", encoding="utf-8")
    result = run("web", "--content", root, "--out", out, exit_code=1)
    assert f"{page}: not written by dlexport, or changed since" in result.stderr
    run("anki", "--content", root, "--out", out)  # has nothing to do with it
    assert "web/index.html" in listed(out)  # its checksum tells
    result = run("clean", "--out", out)
    assert f"{page}: is not as dlexport wrote it: it stays" in result.stderr
    assert files(out) == {"web/index.html": b"mine"}


def test_a_changed_file_that_is_no_longer_made(make: Make, out: Path) -> None:
    """It stays, the author is told, and the lists no longer name it; one unchanged goes."""
    root = make(LETTERS | {f"{name}/q.md": f"# What is {name}?\n\nSo.\n" for name in ("b", "c")})
    run("web", "--content", root, "--out", out)
    (out / "web" / "deck" / "b.html").write_text("mine", encoding="utf-8")
    for name in ("b", "c"):
        (root / name / "q.md").unlink()
    result = run("web", "--content", root, "--out", out)
    assert f"{out / 'web' / 'deck' / 'b.html'}: no longer made, but changed" in result.stderr
    assert files(out)["web/deck/b.html"] == b"mine"
    assert not {"web/deck/b.html", "web/deck/c.html"} & listed(out).keys()
    assert not (out / "web" / "deck" / "c.html").exists()


def test_a_manifest_of_a_build_before_the_first_release(root: Path, out: Path) -> None:
    """It is taken over once: by its generator, and for files with its checksums alone."""
    run("web", "--content", root, "--out", out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    entries = manifest["files"]
    for key in ("format", "format_version"):
        del manifest[key]
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
    sums = [(e["sha256"], e["path"]) for e in entries]
    sums.append((sha256(text.encode()).hexdigest(), "manifest.json"))
    lines = "".join(f"{digest}  {path}\n" for digest, path in sums)
    (out / "SHA256SUMS").write_text(lines, encoding="utf-8")
    (root / "letters" / "alpha.md").write_text("# What is alpha?\n\nA letter.\n", encoding="utf-8")
    run("web", "--content", root, "--out", out)
    assert_lists_are_right(out)


@POSIX
def test_nothing_is_written_through_a_link(root: Path, out: Path, tmp_path: Path) -> None:
    """A linked folder is named; a link in the place of a file is not what a build wrote."""
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "index.html").write_text("mine", encoding="utf-8")
    (out / "web").symlink_to(tmp_path / "precious")
    for options in ((), ("--force",)):
        result = run("web", "--content", root, "--out", out, *options, exit_code=1)
        assert f"{out / 'web'}: is a link that leads out of {out}" in result.stderr
    (out / "web").unlink()
    (out / "web").mkdir()
    (out / "web" / "index.html").symlink_to(tmp_path / "precious" / "index.html")
    run("web", "--content", root, "--out", out, exit_code=1)
    run("web", "--content", root, "--out", out, "--force")  # replaces the link itself
    assert not (out / "web" / "index.html").is_symlink()
    assert files(tmp_path / "precious") == {"index.html": b"mine"}


@POSIX
def test_a_link_to_what_a_build_wrote_is_no_file_of_ours(root: Path, out: Path) -> None:
    """Such as one that the user put there: `clean` takes neither it nor what it leads to."""
    run("web", "--content", root, "--out", out)
    page, moved = out / "web" / "index.html", out / "moved.html"
    page.rename(moved)
    page.symlink_to(moved)
    result = run("clean", "--out", out)
    assert f"{page}: is not as dlexport wrote it" in result.stderr
    assert page.is_symlink()
    assert moved.exists()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_folders_and_files_in_each_others_place(force: tuple[str], root: Path, out: Path) -> None:
    """Neither is taken away, whatever the flag."""
    (out / "web" / "index.html").mkdir(parents=True)
    result = run("web", "--content", root, "--out", out, *force, exit_code=1)
    assert f"{out / 'web' / 'index.html'}: is a folder where a file must go" in result.stderr
    (out / "web" / "index.html").rmdir()
    (out / "web").rmdir()
    (out / "web").write_text("mine", encoding="utf-8")
    result = run("web", "--content", root, "--out", out, *force, exit_code=1)
    assert f"{out / 'web'}: is a file where a folder must be" in result.stderr
    assert files(out) == {"web": b"mine"}


@pytest.mark.parametrize("command", ["web", "clean", "release", "watch"])
def test_an_empty_name_is_a_wrong_call(command: str, root: Path) -> None:
    """A variable without a value does not stand for the working folder."""
    content = () if command == "clean" else ("--content", root)
    result = run(command, *content, "--out", "", exit_code=2)
    assert "is empty" in result.stderr
    if command != "clean":
        assert "is empty" in run(command, "--content", "", exit_code=2).stderr


def test_clean_in_the_working_folder(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what a build wrote goes, and never the folder itself."""
    monkeypatch.chdir(out)
    run("web", "--content", root, "--out", ".")
    (out / "web" / "mine.html").write_text("mine", encoding="utf-8")
    run("clean", "--out", ".")
    assert files(out) == {"web/mine.html": b"mine"}
    (out / "web" / "mine.html").unlink()
    (out / "web").rmdir()
    run("web", "--content", root, "--out", out)
    run("clean", "--out", out)
    assert out.exists()
    assert not any(out.iterdir())


def test_clean_makes_nothing(tmp_path: Path) -> None:
    """Where no build was, there is none afterwards."""
    run("clean", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_notes_that_were_edited_stay(root: Path, out: Path) -> None:
    """`release` writes over its own notes, and over an author's only with --force."""
    words = ("release", "--content", root, "--out", out)
    run(*words)
    run(*words)
    (out / "RELEASE_NOTES.md").write_text("mine", encoding="utf-8")
    assert "RELEASE_NOTES.md: not written by" in run(*words, exit_code=1).stderr
    run(*words, "--force")
    assert files(out)["RELEASE_NOTES.md"] != b"mine"


def test_names_that_differ_in_case_alone(root: Path, out: Path) -> None:
    """A stranger's file of another case is no file of ours, where a disk tells them apart."""
    run("web", "--content", root, "--out", out)
    other = out / "web" / "INDEX.html"
    if other.exists():
        pytest.skip("this disk does not tell upper case from lower")
    other.write_text("mine", encoding="utf-8")
    run("clean", "--out", out)
    assert files(out) == {"web/INDEX.html": b"mine"}


def test_a_journal_that_is_a_strangers(root: Path, out: Path) -> None:
    """It is named and stays, as a file of any other name."""
    (out / JOURNAL).write_text("mine", encoding="utf-8")
    for options in ((), ("--force",)):
        result = run("web", "--content", root, "--out", out, *options, exit_code=1)
        assert f"{out / JOURNAL}: was not written by dlexport" in result.stderr
    assert files(out) == {JOURNAL: b"mine"}


@pytest.mark.parametrize("text", ["", '{"format": "dl', '{"format": "dlexport journal", "pro'])
def test_a_journal_that_was_cut_off(text: str, root: Path, out: Path) -> None:
    """A build that was killed at its first words has written nothing."""
    (out / JOURNAL).write_text(text, encoding="utf-8")
    run("web", "--content", root, "--out", out)
    assert_lists_are_right(out)


def test_what_a_killed_build_has_written_is_known(root: Path, out: Path, tmp_path: Path) -> None:
    """Between writing and listing: its files are replaced and deleted, a stranger's are not."""
    run("web", "--content", root, "--out", tmp_path / "whole")
    whole = files(tmp_path / "whole")
    entries = [
        {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}
        for path, data in whole.items()
    ]
    head = {"format": "dlexport journal", "process": 1, "host": "elsewhere"}
    lines = "".join(json.dumps(line) + "\n" for line in (head, *entries))
    for name in ("web/index.html", "web/deck/letters.html"):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(whole[name])
    style = next(name for name in whole if name.endswith(".css"))
    half = f".dlexport-{sha256(whole[style]).hexdigest()[:16]}.tmp"
    (out / "web" / half).write_bytes(b"half")
    (out / style).write_text("mine", encoding="utf-8")
    (out / JOURNAL).write_text(lines, encoding="utf-8")
    (root / "letters").rename(root / "signs")  # its page is no longer made
    result = run("web", "--content", root, "--out", out, exit_code=1)
    assert f"{out / style}: not written by dlexport" in result.stderr
    assert "index.html" not in result.stderr
    assert files(out)[style] == b"mine"
    (out / style).unlink()
    run("web", "--content", root, "--out", out)
    assert_lists_are_right(out)
    assert not (out / "web" / "deck" / "letters.html").exists()


def test_clean_knows_what_a_killed_build_has_written(root: Path, out: Path) -> None:
    """It needs no manifest for that."""
    run("web", "--content", root, "--out", out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    head = {"format": "dlexport journal"}
    lines = "".join(json.dumps(line) + "\n" for line in (head, *manifest["files"]))
    (out / JOURNAL).write_text(lines, encoding="utf-8")
    for name in ("manifest.json", "SHA256SUMS"):
        (out / name).unlink()
    (out / "web" / "mine.html").write_text("mine", encoding="utf-8")
    run("clean", "--out", out)
    assert files(out) == {"web/mine.html": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="rights are POSIX's")
def test_a_file_that_may_not_be_written_is_replaced(root: Path, out: Path) -> None:
    """Its folder decides; what is beside it keeps its rights."""
    run("web", "--content", root, "--out", out)
    (out / "web" / "index.html").chmod(0o444)
    (root / "letters" / "alpha.md").write_text("# What is Alpha?\n\nSo.\n", encoding="utf-8")
    run("web", "--content", root, "--out", out)
    assert_lists_are_right(out)
    assert os.access(out / "web" / "index.html", os.R_OK)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("manifest.json", "delete"),
        ("SHA256SUMS", "delete"),
        ("manifest.json", "change"),
        ("anki/*.apkg", "delete"),
        ("web/deck/letters.html", "delete"),
    ],
)
def test_nothing_has_changed_only_where_nothing_has(
    name: str, change: str, root: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two lists count, and what other builds made there: all is as a build would leave it."""
    monkeypatch.setenv("DLEXPORT_CACHE", str(tmp_path / "cache"))
    words = ("--content", root, "--out", out)
    run("anki", *words)
    run("web", *words)
    assert "nothing has changed" in run("web", *words).stderr
    path = next(out.glob(name))
    if change == "delete":
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8").replace('"title": "', '"title": "X')
        path.write_text(text, encoding="utf-8")
    result = run("web", *words, "--force")
    assert "nothing has changed" not in result.stderr
    if name == "manifest.json":
        run("anki", *words)  # without a manifest its package is known by its bytes alone
    assert_lists_are_right(out)


def test_another_collections_files_are_a_change(
    root: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are of the same format: a build of the whole collection deletes them."""
    monkeypatch.setenv("DLEXPORT_CACHE", str(tmp_path / "cache"))
    words = ("--content", root, "--out", out)
    run("web", *words)
    other = tmp_path / "other" / "signs"
    other.mkdir(parents=True)
    (other / "beta.md").write_text("# What is beta?\n\nA sign.\n", encoding="utf-8")
    run("web", "--content", tmp_path / "other", "--out", out, "--id", "beta")
    run("web", *words)
    assert not (out / "web" / "deck" / "signs.html").exists()
    assert_lists_are_right(out)


def test_outputs_do_not_lie_among_their_sources(root: Path, tmp_path: Path) -> None:
    """Neither in the content's own folder, nor where a format's folder is the content."""
    before = files(root)
    for command in ("web", "release"):
        result = run(command, "--content", root, "--out", root, exit_code=2)
        assert f"{root}: outputs would lie among the files" in result.stderr
    root.rename(tmp_path / "web")
    run("web", "--content", tmp_path / "web", "--out", tmp_path, exit_code=2)
    assert files(tmp_path) == {f"web/{name}": data for name, data in before.items()}


def test_the_last_releases_package_is_not_replaced(root: Path, out: Path) -> None:
    """What `--previous` names may be the only copy of what learners have."""
    run("anki", "--content", root, "--out", out)
    package = next(out.glob("anki/*.apkg"))
    words = ("--content", root, "--out", out, "--previous", package)
    result = run("anki", *words, exit_code=2)
    assert f"{package}: this build would replace or delete it" in result.stderr
    run("check", "--content", root, "--previous", package)
