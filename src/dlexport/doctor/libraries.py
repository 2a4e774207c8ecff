"""The libraries of the system that WeasyPrint loads, Pango above all."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from dlexport.doctor.findings import PAGES, Finding

# In a process of its own: a library that does not fit may end it.
_PROBE = """
import warnings
warnings.simplefilter("error")
try:
    import weasyprint
except Warning as warning:
    print("warning", str(warning).split("\\n")[0])
    warnings.simplefilter("ignore")
    import weasyprint
from weasyprint.text.ffi import pango
print("pango", pango.pango_version())
"""


def systems() -> dict[str, Any]:
    """What systems.toml says."""
    return tomllib.loads(Path(__file__).with_name("systems.toml").read_text(encoding="utf-8"))


def remedy(what: str) -> str:
    """The command that installs something on this system, or on each where it is unknown."""
    known = systems()
    manager = package_manager()
    lines = {
        name: f"{known['managers'][name]['command']} {' '.join(known[what][name])}"
        for name in known["managers"]
    }
    if manager:
        return lines[manager]
    return "; ".join(f"{known['managers'][name]['systems']}: {lines[name]}" for name in lines)


def package_manager() -> str | None:
    """The package manager of this machine, where it is one that we know."""
    if sys.platform == "win32":
        return "msys2"
    return next((name for name in systems()["managers"] if shutil.which(name)), None)


def pango() -> Finding:
    """Whether WeasyPrint finds its libraries, by letting it."""
    what = "Pango"
    done = subprocess.run(
        [sys.executable, "-c", _PROBE], capture_output=True, text=True, check=False
    )
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines() if " " in line)
    if done.returncode or "pango" not in said:
        why = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        return Finding(what, f"WeasyPrint does not start: {why}", PAGES, remedy("pango"))
    number = int(said["pango"])
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    if "warning" in said:
        return Finding(what, f"{version}, but {said['warning']}", (), remedy("pango"))
    return Finding(what, version)
