"""Every code of a problem has a broken collection in tests/problems/ and the message it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from dlexport.codes import CODES
from dlexport.commands.cli import cli

CASES = REPOSITORY / "tests" / "problems"
# What only a build asks for; shown by tests/building/test_timestamp.py.
OF_BUILDS = {"uncertain-date", "unknown-date"}
DOCUMENT = REPOSITORY / "docs" / "problems.md"


def case(code: str) -> Any:
    """The code as a parameter; who runs the content's programs is slow."""
    options = CASES / code / "options"
    runs = options.exists() and "--run" in options.read_text(encoding="utf-8").split()
    runs = runs or (CASES / code / "command").exists()
    return pytest.param(code, marks=[pytest.mark.slow] if runs else [])


def messages(case: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `dlexport check` says of a case, or the command of one, its exit code first."""
    monkeypatch.chdir(case)
    monkeypatch.setenv("NO_COLOR", "1")
    options = case / "options"
    words = options.read_text(encoding="utf-8").split() if options.exists() else []
    command = case / "command"
    build = command.read_text(encoding="utf-8").split() if command.exists() else []
    call = [*build, "--jobs", "1", "--out", str(out)] if build else ["check"]
    result = CliRunner().invoke(cli, [*call, "--content", ".", *words])
    return f"exit {result.exit_code}\n{result.stderr}"


@pytest.mark.parametrize("code", [case(code) for code in CODES if code not in OF_BUILDS])
def test_message(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages are exactly those expected, and one of them has the case's code."""
    expected = (CASES / code / "expected.txt").read_text(encoding="utf-8")
    assert f" {code} " in expected
    assert messages(CASES / code, tmp_path / "out", monkeypatch) == expected


def test_no_case_without_a_code() -> None:
    """A folder that no code names would never run."""
    assert {path.name for path in CASES.iterdir()} == CODES.keys() - OF_BUILDS


def test_documented() -> None:
    """The document lists every code with its severity and summary."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for code, (severity, summary) in CODES.items():
        assert f"| `{code}` | {severity} | {summary} |" in text
