"""The moment that stands for "now" in every output, and the commit it belongs to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dlexport.building.folders import walk
from dlexport.problems import UsageError


def timestamp_and_commit(root: Path) -> tuple[int, str]:
    """Seconds since 1970 and a short commit, the same for the same content.

    SOURCE_DATE_EPOCH comes first (https://reproducible-builds.org/specs/source-date-epoch/),
    then the last commit that touched the collection, then the newest file's
    time of change. The commit is empty where there is none.
    Raise UsageError for a SOURCE_DATE_EPOCH that is no number.
    """
    committed, commit = _last_commit(root)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not epoch.isascii() or not epoch.isdigit() or int(epoch) >= 1 << 32:
            raise UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”: it has to be seconds since 1970")
        return int(epoch), commit
    if committed:
        return committed, commit
    files = (folder / name for folder, names in walk(root) for name in names)
    return max(map(_last_change, files), default=0), ""


def _last_change(path: Path) -> int:
    """A file's time; none for one that has just gone."""
    try:
        return int(path.stat().st_mtime)
    except OSError:
        return 0


def _last_commit(root: Path) -> tuple[int, str]:
    command = ["git", "log", "-1", "--format=%ct %h", "--abbrev=12", "--", "."]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        moment, commit = done.stdout.split()
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0, ""
    return int(moment), commit
