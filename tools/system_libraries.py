"""See to what no Python package brings: WeasyPrint's libraries, the tests' PDF readers, a browser.

Everything is asked for by trying it, never by the name of a package: people have
their libraries from many places. What is missing is installed on Debian and Ubuntu
where that needs no password; elsewhere the exact command is shown.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from browser import find_browser
from running import TOP, SetupError, run, step

KNOWN = tomllib.loads(
    (TOP / "src" / "dlexport" / "doctor" / "systems.toml").read_text(encoding="utf-8")
)
LIBRARIES: dict[str, list[str]] = KNOWN["libraries"]
WINDOWS_FOLDERS = (
    r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
)

SYSTEMS: dict[str, str] = {name: known["systems"] for name, known in KNOWN["managers"].items()}
COMMANDS: dict[str, str] = {name: known["command"] for name, known in KNOWN["managers"].items()}


@dataclass(frozen=True)
class Need:
    """Something of the system, how to tell that it is there, and who packages it."""

    what: str
    present: Callable[[], bool]
    packages: Mapping[str, Sequence[str]]


def loads(names: Iterable[str]) -> bool:
    """Say whether a library loads under one of its names."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    # Homebrew's folder is not where the loader looks by itself, but Python looks there.
    stems = {name.removeprefix("lib").split(".so")[0].split(".dylib")[0] for name in names}
    return sys.platform == "darwin" and any(map(ctypes.util.find_library, stems))


def libraries_load() -> bool:
    """Say whether WeasyPrint will find all its libraries."""
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_FOLDERS)
        for folder in filter(os.path.isdir, folders.split(";")):
            os.add_dll_directory(folder)
    return all(map(loads, LIBRARIES.values()))


def has(*programs: str) -> Callable[[], bool]:
    """Give a question that is answered yes where all the programs are on the PATH."""
    return lambda: all(map(shutil.which, programs))


def same(name: str) -> dict[str, Sequence[str]]:
    """Give the packages of a thing that has one name nearly everywhere."""
    packages: dict[str, Sequence[str]] = dict.fromkeys(SYSTEMS, (name,))
    return packages | {"msys2": (f"mingw-w64-ucrt-x86_64-{name}",)}


def makes_environments() -> bool:
    """Say whether this Python can make virtual environments; Debian's cannot by itself."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


PYTHON_PARTS = (
    Need(
        "Python's module for virtual environments",
        makes_environments,
        same("python") | {"apt-get": (f"python3.{sys.version_info.minor}-venv",)},
    ),
)
TO_RUN = (
    Need(
        "the libraries of WeasyPrint (Pango, HarfBuzz, Fontconfig)",
        libraries_load,
        KNOWN["pango"],
    ),
)
TO_TEST = (
    Need(
        "poppler's readers of PDF (pdfinfo, pdffonts, pdftotext, pdftoppm)",
        has("pdfinfo", "pdffonts", "pdftotext", "pdftoppm"),
        same("poppler") | dict.fromkeys(("apt-get", "dnf", "apk"), ("poppler-utils",)),
    ),
    Need("qpdf", has("qpdf"), same("qpdf")),
    Need(
        "Chromium, or Chrome or Edge (the variable CHROMIUM may name it)",
        lambda: find_browser() is not None,
        same("chromium") | {"brew": ("google-chrome",), "msys2": ()},
    ),
)


def refuse_the_impossible(needs: Sequence[Need]) -> None:
    """Raise SetupError, before anything is done, where something is missing for good."""
    missing = absent(needs)
    if missing and privilege() is None:
        raise SetupError(advice(missing))


def see_to(needs: Sequence[Need]) -> None:
    """Make sure that everything is there, or raise SetupError that says what to do."""
    missing = absent(needs)
    if missing and (prefix := privilege()) is not None:
        install(prefix, missing)
    if missing := absent(missing):
        raise SetupError(advice(missing))


def absent(needs: Sequence[Need]) -> list[Need]:
    """List what is not there."""
    return [need for need in needs if not need.present()]


def this_system() -> str | None:
    """Give the package manager of this machine, where it is one that we know."""
    if sys.platform == "win32":
        return "msys2"
    return next((manager for manager in COMMANDS if shutil.which(manager)), None)


def privilege() -> list[str] | None:
    """Give the words that let apt-get run without a password; None where there are none."""
    if sys.platform == "win32" or this_system() != "apt-get":
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return None if asked.returncode else ["sudo", "-n"]


def install(prefix: list[str], missing: Sequence[Need]) -> None:
    """Install what is missing with apt-get, with fresh lists where the old ones do not do."""
    packages = names(missing, "apt-get")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    options = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"]
    order = [*command, *options, "install", "--yes", "--no-install-recommends", *packages]
    with step(f"installing {' '.join(packages)}"):
        try:
            run(order, "apt-get could not install")
        except SetupError:
            run([*command, *options, "update"], "apt-get could not fetch its lists")
            run(order, f"apt-get could not install {' '.join(packages)}")


def names(missing: Sequence[Need], manager: str) -> list[str]:
    """List the packages of one system that bring what is missing."""
    found = [package for need in missing for package in need.packages[manager]]
    if manager == "apt-get" and is_ubuntu():
        return [package.replace("chromium", "chromium-browser") for package in found]
    return found


def is_ubuntu() -> bool:
    """Say whether this is Ubuntu, where Chromium has another name."""
    release = Path("/etc/os-release")
    return release.is_file() and "ubuntu" in release.read_text(encoding="utf-8").lower()


def advice(missing: Sequence[Need]) -> str:
    """Say what is missing and what to run for it, here or, where that is unknown, anywhere."""
    lines = ["this machine lacks", *(f"  - {need.what}" for need in missing), "Please run"]
    manager = this_system()
    for name in [manager] if manager else SYSTEMS:
        if packages := names(missing, name):
            lines.append(f"  {COMMANDS[name]} {' '.join(packages)}    ({SYSTEMS[name]})")
    if sys.platform == "darwin":
        lines.append("and, where Python is not Homebrew's own,")
        lines.append("  export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib")
    return "\n".join([*lines, "and then the same command again."])
