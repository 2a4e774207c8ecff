"""The workflows of GitHub Actions, as zizmor sees them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow(path: Path) -> None:
    """zizmor finds no weakness, and no fault that keeps it from reading the file."""
    program = str(Path(sys.executable).with_name("zizmor"))
    command = [program, "--offline", "--no-progress", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "No findings to report" in said


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    """By the hash of a commit, with the version beside it."""
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", use) for use in used)
