"""The wheel alone, in a new environment, without the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import REPOSITORY

pytestmark = pytest.mark.slow

QUESTION = "# Why $x_1 < 2$?\n\nBecause σ is **bold**: `code`.\n\n```python\nprint(1)\n```\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this tree."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_wheel_holds_what_it_needs(wheel: Path) -> None:
    """Templates, fonts, the formula engine and their licences; no script that fetches anything."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = {
        p.relative_to(REPOSITORY).as_posix() for p in (REPOSITORY / "templates").rglob("*.*")
    }
    assert {f"dlexport/{name}" for name in templates} <= names
    for part in ("assets/math/", "assets/fonts/", "assets/licences/"):
        assert any(name.startswith(f"dlexport/{part}") for name in names), part
    assert not any("node_modules" in name for name in names)


def test_wheel_works_by_itself(wheel: Path, tmp_path: Path) -> None:
    """Installed into an empty environment, `dlexport all` makes everything in any folder."""
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    lock = REPOSITORY / "requirements" / "run.lock"
    pip = [str(bin_folder / "python"), "-m", "pip", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    folder = tmp_path / "Organic chemistry"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "water.md").write_text(QUESTION, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [str(bin_folder / "dlexport"), "all"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = {p.relative_to(folder / "build").as_posix() for p in (folder / "build").rglob("*.*")}
    assert made >= {
        "anki/organic-chemistry.apkg",
        "epub/organic-chemistry.epub",
        "pdf/a4/cheatsheet-questions.pdf",
        "manifest.json",
    }
