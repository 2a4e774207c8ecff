"""What lies in the output folder is whole, whatever happens."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from conftest import Make
from dlexport.building.write import write_outputs
from dlexport.exporters import Artifact
from dlexport.problems import ResourceError


def artifact(path: str, data: bytes = b"new") -> Artifact:
    return Artifact(PurePosixPath(path), data)


def write(out: Path, *artifacts: Artifact, formats: tuple[str, ...] = ("anki", "pdf")) -> None:
    write_outputs(out, artifacts, {"title": "T", "generator": "dlexport 0.1"}, formats)


def files(out: Path) -> set[str]:
    return {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}


def test_manifest_and_checksums_agree(built: Path) -> None:
    """Both list every file with its true checksum."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    assert set(listed) | {"manifest.json", "SHA256SUMS"} == files(built)
    lines = (built / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    assert sums.pop("manifest.json")
    assert sums == listed
    for path, digest in listed.items():
        assert hashlib.sha256((built / path).read_bytes()).hexdigest() == digest


def test_what_is_no_longer_made_is_deleted(tmp_path: Path) -> None:
    """Of the formats that are built; the others and strangers' files stay."""
    write(tmp_path, artifact("anki/a.apkg"), artifact("pdf/a.pdf"), artifact("pdf/b.pdf"))
    (tmp_path / "pdf" / "mine.txt").write_text("mine", encoding="utf-8")
    write(tmp_path, artifact("pdf/b.pdf"), formats=("pdf",))
    assert files(tmp_path) == {
        "anki/a.apkg", "pdf/b.pdf", "pdf/mine.txt", "manifest.json", "SHA256SUMS",
    }  # fmt: skip


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    """The message names the path, and no temporary file stays."""
    (tmp_path / "pdf" / "b.pdf").mkdir(parents=True)
    with pytest.raises(ResourceError, match=r"b\.pdf"):
        write(tmp_path, artifact("pdf/b.pdf"))
    assert files(tmp_path) == set()


@pytest.mark.slow
def test_killed_half_way_leaves_the_earlier_output(make: Make, tmp_path: Path) -> None:
    """A build that is killed at any moment leaves files that are whole, the old or the new."""
    root, out = make({"q.md": "# Why?\n\nBecause $x$.\n"}), tmp_path / "out"
    command = [sys.executable, "-m", "dlexport", "all", "--content", str(root), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    before = (out / "SHA256SUMS").read_text(encoding="utf-8")
    (root / "q.md").write_text("# Why?\n\nBecause $y$, and more.\n", encoding="utf-8")
    for steps in (1, 3, 6):
        with subprocess.Popen([*command, "-v"], stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            for _ in range(steps):
                process.stderr.readline()
            os.kill(process.pid, signal.SIGKILL)
        if (out / "SHA256SUMS").read_text(encoding="utf-8") == before:
            for line in before.splitlines():
                digest, path = line.split("  ", 1)
                assert hashlib.sha256((out / path).read_bytes()).hexdigest() == digest


@pytest.mark.slow
def test_errors_write_nothing(make: Make, tmp_path: Path) -> None:
    """With an error in the content the earlier output stays as it was."""
    root, out = make({"q.md": "# Why?\n\nBecause.\n"}), tmp_path / "out"
    command = [sys.executable, "-m", "dlexport", "anki", "--content", str(root), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    before = {p: (out / p).read_bytes() for p in files(out)}
    (root / "r.md").write_text("No heading.\n", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "missing-question" in done.stderr
    assert {p: (out / p).read_bytes() for p in files(out)} == before
