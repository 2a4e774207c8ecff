"""What git knows of a folder, asked so that no setting of the folder's decides on the answer.

The repository may be a stranger's, and its configuration can name programs: for signatures,
a pager, filters, a monitor of files, hooks, the transport of missing objects. So only
plumbing commands are run, which read objects and no file; nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 20.0  # seconds that git gets for an answer
_SAFE = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit")
# How far git looks for a repository is the user's choice; the rest of GIT_* belongs to a hook.
_KEPT = ("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # objects that are missing stay so: no version fetches
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
_LINK, _SUBMODULE = "120000", "160000"


class GitError(Exception):
    """Git has a repository for the folder and does not answer; the text is its reason."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit that touched a folder: its full id, its time in seconds since 1970.

    `is_cut_off` where a shallow clone ends with it: an earlier one may have been the last.
    Of what it holds below the folder, `blobs` are the ids of files and links by their paths,
    `links` the paths of links, `submodules` those of other repositories.
    """

    id: str
    time: int
    is_cut_off: bool
    blobs: Mapping[str, str]
    links: frozenset[str]
    submodules: frozenset[str]


def last_commit(folder: Path) -> Commit | None:
    """The last commit that touched the folder; None without git, a repository or a commit.

    Raise GitError where there is a repository that git does not read.
    """
    git = _Git.of(folder)
    if git is None or not git.is_there() or git.run("rev-parse", "-q", "--verify", "HEAD")[0]:
        return None
    found = git.ask("rev-list", "--max-count=1", "--timestamp", "HEAD", "--", ".").split()
    if not found:
        return None
    time, commit = found
    blobs = {}
    kinds: dict[str, set[str]] = {_LINK: set(), _SUBMODULE: set()}
    for entry in git.ask("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        head, _, path = entry.partition("\t")
        mode, _, blobs[path] = head.split()
        kinds.setdefault(mode, set()).add(path)
    links, submodules = frozenset(kinds[_LINK]), frozenset(kinds[_SUBMODULE])
    return Commit(commit, int(time), git.ends_with(commit), blobs, links, submodules)


@dataclass(slots=True)
class _Git:
    """Git for one folder; the user's own settings are asked only whether it may be trusted."""

    program: str
    folder: Path
    is_alone: bool = True

    @classmethod
    def of(cls, folder: Path) -> _Git | None:
        """Git as the user has it; a program of that name in the folder itself is none."""
        places = [p for p in os.get_exec_path() if Path(p).is_absolute()]
        program = shutil.which("git", path=os.pathsep.join(places))
        return cls(program, folder) if program and Path(program).is_absolute() else None

    def is_there(self) -> bool:
        """Whether the folder is in a repository's working tree. Raise GitError."""
        code, said, reason = self.run("rev-parse", "--is-inside-work-tree")
        if code and "not a git repository (or any" in reason:
            return False
        if code:  # another owner, whom the user may have named as one to trust
            self.is_alone = False
            said = self.ask("rev-parse", "--is-inside-work-tree")
        if said.strip() != "true":
            raise GitError("the folder is not in the working tree of the repository around it")
        return True

    def ends_with(self, commit: str) -> bool:
        """Whether the clone is a shallow one that has nothing before the commit."""
        if self.ask("rev-parse", "--is-shallow-repository").strip() != "true":
            return False
        path = self.ask("rev-parse", "--git-path", "shallow").removesuffix("\n")
        return commit in (self.folder / path).read_text(encoding="ascii").split()

    def ask(self, *words: str) -> str:
        """What a command prints. Raise GitError where it fails."""
        code, said, reason = self.run(*words)
        if code:
            raise GitError(reason or f"git {words[0]} failed")
        return said

    def run(self, *words: str) -> tuple[int, str, str]:
        """A command's exit code, what it prints, and its reason where it fails."""
        settings = [word for setting in _SAFE for word in ("-c", setting)]
        try:
            done = subprocess.run(
                [self.program, "--no-pager", *settings, "-C", self.folder, *words],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
            )
        except OSError as error:
            raise GitError(f"git cannot be started: {error.strerror}") from error
        except subprocess.TimeoutExpired as error:
            raise GitError(f"git did not answer within {_PATIENCE:.0f} seconds") from error
        lines = done.stderr.decode(errors="replace").splitlines()
        reason = next((line for line in lines if line.startswith("fatal: ")), "")
        said = done.stdout.decode("utf-8", "surrogateescape")
        return done.returncode, said, reason.removeprefix("fatal: ")

    def _environment(self) -> dict[str, str]:
        mine = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT}
        if self.is_alone:
            return mine | _ENVIRONMENT | _ALONE
        chosen = {k: v for k, v in os.environ.items() if k.startswith("GIT_CONFIG_")}
        return mine | chosen | _ENVIRONMENT
