"""The moment that stands for "now" in every output, and the commit it belongs to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dlexport.building.committed import first_difference
from dlexport.building.repository import Commit, GitError, last_commit
from dlexport.problems import Place, Problems, UsageError
from dlexport.reading.files import ContentFiles, content_files
from dlexport.reading.source import display_name

_SHALLOW = "a shallow clone, in which earlier commits are missing"
_DEEPEN = "fetch all commits: `git fetch --unshallow`, in a workflow `fetch-depth: 0`"
_OWNER = "if you trust the folder, do what git says: git config --global --add safe.directory DIR"


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds since 1970 and a short commit, the same for the same content.

    The commit is empty where there is none, and ends in `+` where `edited` is a file that
    differs from it. `doubt` says why git does not tell the time, `remedy` what to do then.
    """

    time: int
    commit: str = ""
    edited: str = ""
    doubt: str = ""
    remedy: str = ""

    @property
    def remark(self) -> str:
        """What is to be said of edits that are not committed."""
        if not self.edited:
            return ""
        commit = self.commit.rstrip("+")
        return f"{self.edited} is not as in commit {commit}, which is marked as {self.commit}"


def moment_of(root: Path) -> Moment:
    """The moment of the content in a folder.

    SOURCE_DATE_EPOCH comes first (https://reproducible-builds.org/specs/source-date-epoch/),
    then the last commit that touched the folder, then the newest file's time of change.
    Raise UsageError for a SOURCE_DATE_EPOCH that is no number, or if there is no such folder.
    """
    files, epoch = content_files(root), _epoch()
    try:
        commit = last_commit(root)
    except GitError as error:
        time = _newest(files) if epoch is None else epoch
        remedy = _OWNER if "owner" in str(error) or "safe.directory" in str(error) else ""
        return Moment(time, doubt="" if epoch is not None else f"git: {error}", remedy=remedy)
    if commit is None:
        return Moment(_newest(files) if epoch is None else epoch)
    return _of_commit(commit, files, epoch)


def _of_commit(commit: Commit, files: ContentFiles, epoch: int | None) -> Moment:
    edited = first_difference(files, commit)
    name = commit.id[:12] + "+" * bool(edited)
    if epoch is not None:
        return Moment(epoch, name, edited)
    if commit.is_cut_off:
        return Moment(commit.time, name, edited, _SHALLOW, _DEEPEN)
    return Moment(commit.time, name, edited)


def report(moment: Moment, root: Path, problems: Problems, *, decides: bool) -> None:
    """Report a moment that is in doubt: an error where it `decides` which notes are newer."""
    if not moment.doubt:
        return
    message = f"the date of the last change is not known: {moment.doubt}"
    if decides:
        message = f"Anki would take older notes for newer ones: {message}"
    remedies = [moment.remedy, "or give the date: SOURCE_DATE_EPOCH, in seconds since 1970"]
    code = "unknown-date" if decides else "uncertain-date"
    hint = "; ".join(filter(None, remedies)).removeprefix("or ")
    problems.add(code, Place(display_name(root)), message, hint)


def _epoch() -> int | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not epoch.isascii() or not epoch.isdigit() or int(epoch) >= 1 << 32:
        raise UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”: it has to be seconds since 1970")
    return int(epoch)


def _newest(files: ContentFiles) -> int:
    return max(map(_last_change, files.by_place), default=0)


def _last_change(path: str) -> int:
    """A file's time; none for one that has just gone."""
    try:
        return int(Path(path).stat().st_mtime)
    except OSError:
        return 0
