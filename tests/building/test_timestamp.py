"""The date and the commit of the content: what git says, and nothing that a folder can turn."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dlexport import api
from dlexport.building.timestamp import moment_of
from dlexport.commands.cli import cli
from dlexport.problems import ContentError

FIRST, SECOND = 1_700_000_000, 1_720_000_000
DATE = "2023-11-14T22:13:20Z"  # of FIRST


@dataclass
class Repository:
    """A repository with a collection below it, and a commit of something else after that of it."""

    folder: Path

    def git(self, *words: str | Path, time: int = SECOND) -> str:
        """A command of git's, as it is without anybody's settings."""
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            alone |= {f"GIT_{who}_NAME": "A", f"GIT_{who}_EMAIL": "a@example.org"}
            alone |= {f"GIT_{who}_DATE": f"{time} +0000"}
        done = subprocess.run(["git", *map(str, words)], cwd=self.folder, env=os.environ | alone,
                              check=True, capture_output=True, text=True)  # fmt: skip
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str], time: int) -> None:
        """Write files and commit them."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "x", time=time)

    @property
    def content(self) -> Path:
        """The collection's folder."""
        return self.folder / "content"

    @property
    def last(self) -> str:
        """The short id of the commit of the content."""
        return self.git("rev-list", "-1", "HEAD", "--", "content")[:12]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Two commits: the content, then a file beside it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    found = Repository(tmp_path / "repository")
    found.folder.mkdir()
    found.git("init", "-q")
    settings = 'title = "T"\n[anki]\nnamespace = "t"\n'
    files = {"words/one.md": "# What is one?\n\nA number.\n", "collection.toml": settings}
    found.commit({f"content/{name}": text for name, text in files.items()}, FIRST)
    found.commit({"other.txt": "x"}, SECOND)
    return found


def build(root: Path, out: Path, *words: str) -> Result:
    """`dlexport web` of a folder."""
    words = words or ("web",)
    return CliRunner().invoke(cli, [*words, "--content", str(root), "--out", str(out)])


def manifest(out: Path) -> dict[str, str]:
    """The date and the commit that a build wrote."""
    data = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return {key: data[key] for key in ("date", "commit")}


def test_the_last_commit_of_the_content(repository: Repository, tmp_path: Path) -> None:
    """Not that of another folder; nothing is said."""
    result = build(repository.content, tmp_path / "out", "web", "--strict")
    assert manifest(tmp_path / "out") == {"date": DATE, "commit": repository.last}
    assert "git" not in result.stderr


def test_a_shallow_clone_is_a_warning(repository: Repository, tmp_path: Path) -> None:
    """It ends with a commit that may not be the last; an error where a ledger is in play."""
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), clone)
    result = build(clone / "content", tmp_path / "out")
    assert result.exit_code == 0
    assert "content:1:1 uncertain-date" in result.stderr
    assert "shallow clone" in result.stderr
    assert "fetch-depth: 0" in result.stderr
    assert build(clone / "content", tmp_path / "out", "web", "--strict").exit_code == 1
    assert build(clone / "content", tmp_path / "out", "anki").exit_code == 0
    with_ledger(clone / "content", tmp_path / "out")
    assert build(clone / "content", tmp_path / "out").exit_code == 0
    result = build(clone / "content", tmp_path / "out", "anki")
    assert result.exit_code == 1
    assert "unknown-date" in result.stderr
    with pytest.raises(ContentError):
        api.build(api.load(clone / "content"), ["anki"])


def with_ledger(content: Path, out: Path) -> None:
    """Put the package of a build on record."""
    package = next((out / "anki").glob("*.apkg"))
    words = ["record", str(package), "--content", str(content)]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output


def test_previous_makes_the_date_matter(repository: Repository, tmp_path: Path) -> None:
    """As the ledger does."""
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), clone)
    build(repository.content, tmp_path / "out", "anki")
    package = next((tmp_path / "out" / "anki").glob("*.apkg"))
    result = build(clone / "content", tmp_path / "new", "anki", "--previous", str(package))
    assert result.exit_code == 1
    assert "unknown-date" in result.stderr


def test_a_shallow_clone_that_tells_the_date(repository: Repository, tmp_path: Path) -> None:
    """The content's commit is above the one at which the clone ends."""
    repository.commit({"content/words/two.md": "# What is two?\n\nMore.\n"}, SECOND)
    repository.commit({"other.txt": "y"}, SECOND + 9)
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "3", repository.folder.as_uri(), clone)
    assert build(clone / "content", tmp_path / "out", "web", "--strict").exit_code == 0
    assert manifest(tmp_path / "out")["commit"] == repository.last


def test_source_date_epoch_ends_the_doubt(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the date is the user's."""
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), clone)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST))
    assert build(clone / "content", tmp_path / "out", "web", "--strict").exit_code == 0
    assert manifest(tmp_path / "out")["date"] == DATE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_another_owner_is_a_warning(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With git's reason, until the user trusts the folder."""
    for path in (repository.folder, *repository.folder.rglob("*")):
        os.chown(path, 12345, 12345)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    result = build(repository.content, tmp_path / "out")
    assert "uncertain-date" in result.stderr
    assert "git: detected dubious ownership in repository" in result.stderr
    assert "safe.directory" in result.stderr
    assert manifest(tmp_path / "out")["commit"] == ""
    (tmp_path / "gitconfig").write_text("[safe]\n\tdirectory = *\n", encoding="utf-8")
    assert build(repository.content, tmp_path / "out", "web", "--strict").exit_code == 0
    assert manifest(tmp_path / "out")["date"] == DATE


@pytest.mark.parametrize(
    "change", ["edit", "new", "deleted", "settings", "picture", "staged", "link"]
)
def test_edits_that_are_not_committed(change: str, repository: Repository, tmp_path: Path) -> None:
    """The commit is marked, and that is said; the date stays."""
    path = repository.content / "words" / "one.md"
    match change:
        case "edit" | "staged":
            path.write_text("# What is one?\n\nA digit.\n", encoding="utf-8")
        case "deleted":
            (repository.content / "words" / "two.md").write_bytes(path.read_bytes())
            path.unlink()
        case "link":
            (repository.content / "words" / "again.md").symlink_to("one.md")
        case _:
            name = {"new": "two.md", "settings": "../collection.toml", "picture": "a.svg"}[change]
            text = {"settings": 'title = "U"\n', "new": "# What is two?\n\nMore.\n"}.get(
                change, "x"
            )
            (path.parent / name).write_text(text, encoding="utf-8")
    if change == "staged":
        repository.git("add", "--all")
    for _ in range(2):  # the second time nothing has changed
        result = build(repository.content, tmp_path / "out")
        assert result.exit_code == 0
        assert manifest(tmp_path / "out") == {"date": DATE, "commit": repository.last + "+"}
        assert f"is not as in commit {repository.last}" in result.stderr


@pytest.mark.parametrize("kind", ["script", "hidden", "crlf", "lfs", "touched", "node_modules"])
def test_what_is_as_committed(kind: str, repository: Repository, tmp_path: Path) -> None:
    """No edit of anything that a build reads."""
    path = repository.content / "words" / "one.md"
    if kind == "crlf":
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    elif kind == "lfs":
        digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        pointer = "version https://git-lfs.github.com/spec/v1\n"
        pointer += f"oid sha256:{digest}\nsize 0\n"
        repository.commit({"content/words/a.png": pointer}, FIRST)
        (path.parent / "a.png").write_bytes(b"")
    elif kind == "touched":
        os.utime(path, (0, 0))
    else:
        names = {"script": "draw.py", "hidden": ".x.md", "node_modules": "node_modules/x.md"}
        (path.parent / names[kind]).parent.mkdir(exist_ok=True)
        (path.parent / names[kind]).write_text("# x", encoding="utf-8")
    assert moment_of(repository.content).commit == repository.last


@pytest.mark.parametrize(
    "variable",
    [f"GIT_{name}" for name in (
        "DIR", "WORK_TREE", "INDEX_FILE", "PREFIX", "OBJECT_DIRECTORY", "NAMESPACE",
        "LITERAL_PATHSPECS", "TRACE")],
)  # fmt: skip
def test_the_environment_of_a_hook(
    variable: str, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets it for the repository of a hook, relative to where that runs."""
    expected = moment_of(repository.content)
    monkeypatch.setenv(variable, ".git" if variable != "GIT_TRACE" else "1")
    assert moment_of(repository.content) == expected
    assert expected.time == FIRST


def test_without_git_or_a_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest file's time, and silence; so for a folder that was never committed."""
    shutil.copytree(repository.content, tmp_path / "copy")
    new = repository.folder / "new"
    shutil.copytree(repository.content, new)
    (tmp_path / "empty").mkdir()
    fresh = Repository(tmp_path / "fresh")
    fresh.folder.mkdir()
    fresh.git("init", "-q")
    shutil.copytree(repository.content, fresh.content)
    for root in (tmp_path / "copy", new, fresh.content, repository.content):
        if root == repository.content:
            monkeypatch.setenv("PATH", str(tmp_path / "empty"))
        os.utime(root / "collection.toml", (FIRST, FIRST))
        os.utime(root / "words" / "one.md", (FIRST + 5, FIRST + 5))
        assert build(root, tmp_path / "out", "web", "--strict").exit_code == 0
        assert manifest(tmp_path / "out") == {"date": "2023-11-14T22:13:25Z", "commit": ""}


def test_a_broken_repository_is_a_warning(repository: Repository, tmp_path: Path) -> None:
    """With git's reason."""
    (repository.folder / ".git" / "config").write_text("[core\n", encoding="utf-8")
    assert "uncertain-date" in build(repository.content, tmp_path / "out").stderr
    shutil.rmtree(repository.folder / ".git")
    (repository.folder / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
    result = build(repository.content, tmp_path / "out")
    assert "git: not a git repository: /nowhere" in result.stderr


@pytest.mark.parametrize(("key", "value"), [("core.worktree", "/"), ("core.bare", "true")])
def test_a_working_tree_that_is_none(
    key: str, value: str, repository: Repository, tmp_path: Path
) -> None:
    """No setting takes the date away without a word."""
    (tmp_path / "elsewhere").mkdir()
    worktree = str(tmp_path / "elsewhere") if value == "/" else value
    repository.git("config", key, worktree)
    assert "working tree" in build(repository.content, tmp_path / "out").stderr


def test_other_kinds_of_repositories(repository: Repository, tmp_path: Path) -> None:
    """A second working tree, and one whose ids are longer."""
    repository.git("worktree", "add", "-q", tmp_path / "second")
    expected = moment_of(repository.content)
    assert moment_of(tmp_path / "second" / "content") == expected
    longer = Repository(tmp_path / "longer")
    longer.folder.mkdir()
    longer.git("init", "-q", "--object-format=sha256")
    longer.commit({"content/words/one.md": "# What is one?\n\nA number.\n"}, FIRST)
    assert moment_of(longer.content).time == FIRST
    assert moment_of(longer.content).commit == longer.last


def test_other_folders_in_a_repository(repository: Repository, tmp_path: Path) -> None:
    """What a repository in a deck holds is not that of the one around it."""
    inside = Repository(tmp_path / "inside")
    inside.folder.mkdir()
    inside.git("init", "-q")
    inside.commit({"two.md": "# What is two?\n\nMore.\n"}, FIRST)
    allowed = ["-c", "protocol.file.allow=always"]
    repository.git(*allowed, "submodule", "--quiet", "add", inside.folder, "content/inside")
    repository.commit({}, SECOND)
    assert moment_of(repository.content).commit == repository.last


CONFIGURATION = """
[core]
	fsmonitor = {program}
	pager = {program}
	editor = {program}
	sshCommand = {program}
	askPass = {program}
	hooksPath = {hooks}
	gitProxy = {program}
	attributesFile = {attributes}
	alternateRefsCommand = {program}
[log]
	showSignature = true
[gpg]
	program = {program}
[gpg "ssh"]
	program = {program}
[diff]
	external = {program}
[diff "x"]
	textconv = {program}
	command = {program}
[filter "x"]
	clean = {program}
	smudge = {program}
	process = {program}
	required = true
[credential]
	helper = {program}
[pager]
	log = {program}
	rev-list = {program}
	ls-tree = {program}
	rev-parse = {program}
[alias]
	rev-list = !{program}
	rev-parse = !{program}
	ls-tree = !{program}
[extensions]
	partialClone = origin
[remote "origin"]
	url = {url}
	promisor = true
	partialclonefilter = tree:0
	uploadpack = {program}
	vcs = {vcs}
[protocol]
	allow = always
[uploadpack]
	packObjectsHook = {program}
"""


@pytest.mark.slow
@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "objects missing"])
@pytest.mark.parametrize("url", ["ext::{program}", "ssh://host/x", "{folder}", "git://host/x"])
def test_no_program_of_the_folder_is_started(
    url: str, is_whole: bool, repository: Repository, tmp_path: Path
) -> None:
    """Whatever its configuration names; where all objects are there, the date is right."""
    witness, program = tmp_path / "started", tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 $* >> {witness}\n", encoding="utf-8")
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        (hooks / name).symlink_to(program)
    shutil.copy(program, repository.content / "git")  # a program of git's name
    (repository.folder / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    where = {"program": program, "hooks": hooks, "folder": tmp_path / "remote", "vcs": "",
             "attributes": repository.folder / ".gitattributes"}  # fmt: skip
    text = CONFIGURATION.format(**where, url=url.format(**where)).replace("\tvcs = \n", "")
    with (repository.folder / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(text)
    if not is_whole:
        tree = repository.git("-c", "core.fsmonitor=false", "rev-parse", "HEAD~1:content")
        (repository.folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    (repository.content / "words" / "one.md").touch()
    witness.unlink(missing_ok=True)
    command = [sys.executable, "-m", "dlexport", "web", "--content", ".", "--out"]
    path = f".:{os.environ['PATH']}"
    done = subprocess.run([*command, str(tmp_path / "out")], env=os.environ | {"PATH": path},
                          cwd=repository.content, capture_output=True, text=True)  # fmt: skip
    assert not witness.exists(), witness.read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert (manifest(tmp_path / "out")["date"] == DATE) is is_whole
    assert ("uncertain-date" in done.stderr) is not is_whole
