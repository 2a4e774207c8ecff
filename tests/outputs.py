"""A folder of outputs, as the command line leaves it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner, Result

from dlexport.commands.cli import cli

LETTERS = {"letters/alpha.md": "# What is alpha?\n\nThe first letter.\n"}


def run(*words: object, exit_code: int = 0) -> Result:
    """The command line, in this process."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == exit_code, result.output
    return result


def files(out: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def listed(out: Path) -> dict[str, str]:
    """What the manifest of a folder names, with checksums."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["format"], manifest["format_version"]) == ("dlexport outputs", 1)
    assert manifest["generator"].startswith("dlexport ")
    return {entry["path"]: entry["sha256"] for entry in manifest["files"]}


def assert_lists_are_right(out: Path) -> None:
    """Both lists name all files that are there, with their checksums, and no others."""
    found = files(out)
    lines = found.pop("SHA256SUMS").decode().splitlines()
    sums = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    assert sums == {path: sha256(data).hexdigest() for path, data in found.items()}
    found.pop("manifest.json")
    assert listed(out) == {path: sums[path] for path in found}
