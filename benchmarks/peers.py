"""Other people's programs, each in an environment of its own, pinned."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path


def environment(folder: Path, *requirements: str) -> Path:
    """Make an environment with these packages; give its folder of programs."""
    venv.create(folder, with_pip=True, clear=True)
    programs = folder / "bin"
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", *requirements], check=True)
    return programs


def pandoc(folder: Path) -> Path:
    """Pandoc 3.9, from a package that carries the program."""
    programs = environment(folder, "pypandoc_binary==1.17")
    found = subprocess.run(
        [programs / "python", "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Path(found.stdout.strip())
