"""The workflows of GitHub Actions, as zizmor and actionlint see them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from clients import actionlint
from conftest import REPOSITORY

COMMANDS = ["lint", "test"]
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_zizmor(path: Path) -> None:
    """zizmor finds no weakness, and no fault that keeps it from reading the file."""
    program = str(Path(sys.executable).with_name("zizmor"))
    command = [program, "--offline", "--no-progress", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "No findings to report" in said


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actionlint(path: Path) -> None:
    """actionlint knows every key, runner, permission and expression."""
    assert actionlint.check(path) == ""


@pytest.mark.slow
def test_actionlint_would_say_so(tmp_path: Path) -> None:
    """Of a property that no context has, with its place."""
    text = (
        WORKFLOWS[0]
        .read_text(encoding="utf-8")
        .replace("run: make lint", "run: make ${{ github.no }}", 1)
    )
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(text, encoding="utf-8")
    assert 'property "no" is not defined' in actionlint.check(wrong)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    """By the hash of a commit, with the version beside it."""
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", use) for use in used)


def test_the_workflow_tries_what_we_promise() -> None:
    """Both commands on three systems, with every Python from the oldest that we support."""
    text = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    pythons = re.findall(r'"(3\.\d+)"', re.findall(r"python: \[(.*)\]", text)[0])
    assert project["project"]["requires-python"] == f">={pythons[0]}"
    assert pythons == [f"3.{11 + i}" for i in range(len(pythons))]
    assert re.findall(r"([a-z]+)-[\d.]+", re.findall(r"system: \[(.*)\]", text)[0]) == [
        "ubuntu",
        "macos",
        "windows",
    ]
    commands = re.findall(r"run: (make|python tools/setup.py) (lint|test)$", text, re.MULTILINE)
    assert commands == [
        (program, command) for program in ("make", "python tools/setup.py") for command in COMMANDS
    ]


def test_the_gate_runs_both_commands() -> None:
    """Style and types before the suite."""
    text = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^(?:exec )?make (\w+)$", text, re.MULTILINE) == COMMANDS
