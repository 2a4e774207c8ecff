"""Which names in a content folder mean what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from dlexport.reading.source import BIBLIOGRAPHY, CONFIG, INTRODUCTION, LEDGER, TOMBSTONES

OURS = (CONFIG, BIBLIOGRAPHY, INTRODUCTION, LEDGER, TOMBSTONES)
MEASUREMENTS = "measurements"
PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_NEVER = ("node_modules", "bower_components", "__pycache__", "__MACOSX")
_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")  # what lies in each of Python's and of conda's
_MANIFEST, _CHECKSUMS = "manifest.json", "SHA256SUMS"  # as `building.manifest` names them
_NO_QUESTIONS = (INTRODUCTION, "readme.md")


def is_never_content(name: str) -> bool:
    """Whether a file or folder of this name is passed over, wherever it lies."""
    return name.startswith(".") or name in _NEVER


def is_question(parts: Sequence[str]) -> bool:
    """Whether a file at this path from the content's folder on may be a question."""
    name = parts[-1].lower()
    special = len(parts) == 1 and name in _NO_QUESTIONS
    return name.endswith(".md") and not special and not any(p.startswith("_") for p in parts)


def is_read(parts: Sequence[str]) -> bool:
    """Whether a build may read a file at this path from the content's folder on."""
    name = parts[-1].lower()
    if name.endswith(".json") and len(parts) > 1 and parts[0] == MEASUREMENTS:
        return True
    if name.endswith(tuple(PICTURES)) or is_question(parts):
        return True
    return len(parts) == 1 and parts[0] in OURS


def is_output(folder: str, names: AbstractSet[str]) -> bool:
    """Whether a folder that holds these names was written by a build, or is an environment."""
    if any(name in names for name in _ENVIRONMENTS):
        return True
    if not {_MANIFEST, _CHECKSUMS} <= names:
        return False
    try:
        made = json.loads(Path(folder, _MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    is_ours = isinstance(made, dict) and str(made.get("generator", "")).startswith("dlexport")
    return is_ours or (isinstance(made, dict) and made.get("format") == "dlexport outputs")
