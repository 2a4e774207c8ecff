"""The Python packages that dlexport imports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata

from dlexport.doctor.findings import BUILDING, PAGES, READING, Finding

_ALL = (*BUILDING, *READING)
# Python has it of itself from 3.14 on.
_ZSTD = {} if sys.version_info >= (3, 14) else {"backports.zstd": ("backports.zstd", _ALL)}
# The module of each package, and the commands that need it.
PACKAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **_ZSTD,
    "bibtexparser": ("bibtexparser", _ALL),
    "click": ("click", (*_ALL, "clean")),
    "fonttools": ("fontTools", PAGES),
    "genanki": ("genanki", ("all", "anki", "record")),
    "jinja2": ("jinja2", _ALL),
    "markdown-it-py": ("markdown_it", _ALL),
    "mdit-py-plugins": ("mdit_py_plugins", _ALL),
    "nh3": ("nh3", _ALL),
    "pathspec": ("pathspec", _ALL),
    "pikepdf": ("pikepdf", PAGES),
    "pillow": ("PIL", _ALL),
    "platformdirs": ("platformdirs", (*_ALL, "clean")),
    "psutil": ("psutil", ("check",)),
    "pydyf": ("pydyf", PAGES),
    "pygments": ("pygments", _ALL),
    "pylatexenc": ("pylatexenc", _ALL),
    "pyyaml": ("yaml", _ALL),
    "quickjs-ng": ("quickjs", _ALL),
    "tinyhtml5": ("tinyhtml5", PAGES),
    "weasyprint": ("weasyprint", PAGES),
}
# WeasyPrint is imported with its libraries, which are looked at by themselves.
_IMPORTED = [module for module, _ in PACKAGES.values() if module != "weasyprint"]
_PROBE = """
import importlib, json, sys
failed = {}
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        failed[name] = f"{type(error).__name__}: {error}".splitlines()[0]
print(json.dumps(failed))
"""


def versions() -> dict[str, str]:
    """The version of each package that is installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def packages() -> list[Finding]:
    """One finding for all packages, or one for each that is missing or does not load."""
    failed = _failed()
    failed |= {
        PACKAGES[name][0]: version for name, version in versions().items() if version[0] == "n"
    }
    if not failed:
        return [Finding("Python packages", f"all {len(PACKAGES)}")]
    return [
        Finding(name, failed[module], commands, f"pip install --force-reinstall {name}")
        for name, (module, commands) in PACKAGES.items()
        if module in failed
    ]


def _failed() -> dict[str, str]:
    """What keeps a module from being imported, by the modules; in a process of its own."""
    command = [sys.executable, "-c", _PROBE, *_IMPORTED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:  # one of them ended the process
        return dict.fromkeys(_IMPORTED[:1], f"ends Python with {done.returncode}")
    failed: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return failed
