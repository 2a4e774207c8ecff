"""`dlexport doctor`: what each command would lack, and how to get it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from conftest import REPOSITORY, Make
from dlexport.commands.cli import cli
from dlexport.doctor import libraries
from dlexport.doctor.findings import COMMANDS, PAGES, Report, shown
from dlexport.doctor.packages import PACKAGES

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BROKEN_PANGO = "raise OSError(\"cannot load library 'libpango-1.0-0'\")"
BROKEN_MODULE = "raise ImportError('DLL load failed')"
QUESTION = {"q.md": "# Why?\n\nBecause of <b>rain</b>.\n"}


def run(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command with some variables of the environment."""
    command = [sys.executable, "-m", "dlexport", *map(str, words)]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def report(**variables: str) -> tuple[int, dict[str, Any]]:
    """The exit status of `doctor --json`, and what it says."""
    done = run("doctor", "--json", **variables)
    return done.returncode, json.loads(done.stdout)


def finding(data: Mapping[str, Any], what: str) -> dict[str, Any]:
    """One finding of a report."""
    (found,) = (found for found in data["findings"] if found["what"] == what)
    return dict(found)


def broken(folder: Path, module: str, code: str) -> dict[str, str]:
    """The variables with which a module cannot be imported."""
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.slow
def test_nothing_is_missing_here() -> None:
    """The suite runs, so all commands can; the text says the same as the JSON."""
    status, data = report()
    assert (status, data["ok"]) == (0, True)
    assert list(data["commands"]) == list(COMMANDS)
    assert not any(data["commands"].values())
    done = run("doctor")
    assert done.returncode == 0
    assert "Every command can run." in done.stdout
    for found in data["findings"]:
        assert re.search(rf"{found['state']} +{re.escape(found['what'])} ", done.stdout)


@pytest.mark.slow
def test_pango_is_missing(tmp_path: Path) -> None:
    """The commands that lay out pages are named, with the line to run."""
    variables = broken(tmp_path, "weasyprint", BROKEN_PANGO)
    status, data = report(**variables)
    assert status == 1
    assert {name for name, lacks in data["commands"].items() if lacks == ["Pango"]} == set(PAGES)
    found = finding(data, "Pango")
    assert "libpango-1.0-0" in found["found"]
    assert "pango" in found["remedy"]
    text = run("doctor", **variables).stdout
    assert "missing  Pango" in text
    assert "dlexport pdf lacks Pango" in text
    assert found["remedy"] in text


@pytest.mark.slow
def test_a_build_without_pango_points_to_it(make: Make, tmp_path: Path) -> None:
    """In place of a traceback."""
    variables = broken(tmp_path, "weasyprint", BROKEN_PANGO)
    done = run("pdf", "--content", make(QUESTION), "--out", tmp_path / "out", **variables)
    assert done.returncode == 1
    assert "`dlexport doctor` says how on this system" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_but_the_pdfs_without_pango(jobs: str, make: Make, tmp_path: Path) -> None:
    """They are named as missing; PDFs of an earlier build stay, and data alone are printed."""
    variables = broken(tmp_path, "weasyprint", "print('a banner')\n" + BROKEN_PANGO)
    words = ("all", "--content", make(QUESTION), "--out", tmp_path / "out", "--jobs", jobs)
    done = run(*words, "--no-cache", **variables)
    assert done.returncode == 1
    assert "error pdf is missing: a library that WeasyPrint needs is missing" in done.stderr
    assert "made without it: anki, epub, web" in done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir() if p.is_dir()} == {"anki", "epub", "web"}
    assert len(list((tmp_path / "out" / "epub").iterdir())) == 2
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["path"].split("/")[0] for entry in manifest["files"]} >= {"anki", "epub", "web"}
    again = run(*words, "--json", **variables)
    assert (again.returncode, json.loads(again.stdout)["ok"]) == (1, False)


@pytest.mark.slow
def test_a_package_does_not_load(make: Make, tmp_path: Path) -> None:
    """Whichever it is: the message of the failed import points to the doctor, who names it."""
    variables = broken(tmp_path, "nh3", BROKEN_MODULE)
    done = run("web", "--content", make(QUESTION), "--out", tmp_path / "out", **variables)
    assert done.returncode == 1
    assert "DLL load failed: `dlexport doctor` says what is missing" in done.stderr
    status, data = report(**variables)
    assert status == 1
    assert finding(data, "nh3")["remedy"] == "pip install --force-reinstall nh3"
    assert "nh3" in data["commands"]["web"]
    assert data["commands"]["clean"] == []


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    """All commands run without it."""
    (tmp_path / "file").touch()
    status, data = report(DLEXPORT_CACHE=str(tmp_path / "file" / "cache"))
    assert status == 0
    assert finding(data, "cache")["state"] == "note"


@pytest.mark.slow
def test_a_terminal_without_signs_is_a_note() -> None:
    """And what says so can be shown on it."""
    done = run("doctor", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert re.search(r"note +terminal .*ascii.* some signs cannot be shown", done.stdout)


@pytest.mark.parametrize("manager", libraries.systems()["managers"])
def test_remedy_by_system(manager: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line for this system; where it is unknown, the lines for all."""
    monkeypatch.setattr(libraries, "package_manager", lambda: manager)
    line = libraries.remedy("pango")
    assert re.fullmatch(r"(sudo )?(apt-get|dnf|pacman|apk|brew) \S.*pango\S*.*", line)
    monkeypatch.setattr(libraries, "package_manager", lambda: None)
    assert line in libraries.remedy("pango")


def test_readme_has_the_same_packages() -> None:
    """The README's table says what the doctor says."""
    rows = re.findall(r"^\| [\w, ]+ \| `(\w+) .*? (\S+(?: lib\S+)*)`", README, re.MULTILINE)
    known = libraries.systems()["pango"]
    found = {manager: packages.split() for manager, packages in rows}
    names = {"apt": "apt-get", "dnf": "dnf", "brew": "brew", "pacman": "msys2"}
    assert found == {name: known[manager] for name, manager in names.items()}


def test_every_package_is_looked_at() -> None:
    """The list holds the dependencies of the distribution, no more and no fewer."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    found = map(Requirement, project["project"]["dependencies"])
    wanted = [need.name for need in found if not need.marker or need.marker.evaluate()]
    assert sorted(PACKAGES) == sorted(wanted)


def test_every_command_is_looked_after() -> None:
    """A new command has to be given its needs."""
    assert set(cli.commands) == {*COMMANDS, "doctor"}


def test_names_of_persons_stay_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A report is sent to others."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "ann")
    assert shown(tmp_path / "ann" / "x" / "y") == str(Path("~/x/y"))
    assert shown(Path("/usr")) == str(Path("/usr"))


def test_nothing_found_is_all_well() -> None:
    """A report without findings lacks nothing."""
    assert Report({}, []).ok


def test_bug_reports_ask_for_it() -> None:
    """The form has a field for the output that has to be filled in."""
    form = REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "bug.yml"
    fields = yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
    (asked,) = (field for field in fields if field["id"] == "doctor")
    assert "dlexport doctor" in asked["attributes"]["label"]
    assert asked["validations"]["required"] is True
