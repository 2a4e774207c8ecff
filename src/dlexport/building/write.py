"""Write artifacts so that a reader never meets half a file.

Every file is written beside its place and renamed into it; the manifest and
the checksums come last. A build that is killed leaves each earlier file as it
was, or already new, but never broken.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from dlexport.exporters import Artifact
from dlexport.problems import ResourceError

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"


Entry = dict[str, Any]


def write_outputs(
    out: Path, artifacts: Iterable[Artifact], about: Mapping[str, Any], formats: Iterable[str]
) -> None:
    """Write artifacts below `out`, then `manifest.json` and `SHA256SUMS`.

    What the manifest of an earlier build names is kept where its format is not
    in `formats`, and deleted where it is and the file was not made again.
    Raise ResourceError where the disk refuses.
    """
    formats = set(formats)
    files = {a.path.as_posix(): a.data for a in artifacts}
    earlier = _earlier_entries(out)
    kept = [e for e in earlier if e["path"].split("/")[0] not in formats]
    entries: list[Entry] = [
        {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}
        for path, data in files.items()
    ]
    entries = sorted(entries + [e for e in kept if e["path"] not in files], key=lambda e: e["path"])
    manifest = json.dumps({**about, "files": entries}, indent=2, ensure_ascii=False) + "\n"
    sums = "".join(f"{e['sha256']}  {e['path']}\n" for e in entries)
    sums += f"{sha256(manifest.encode()).hexdigest()}  {MANIFEST}\n"
    try:
        for path, data in files.items():
            replace_file(out / path, data)
        for entry in earlier:
            if entry not in kept and entry["path"] not in files:
                (out / entry["path"]).unlink(missing_ok=True)
        replace_file(out / MANIFEST, manifest.encode())
        replace_file(out / CHECKSUMS, sums.encode())
    except OSError as error:
        where = Path(error.filename2 or error.filename or out)
        if where.suffix == ".tmp":  # our own name for what is not yet complete
            where = where.parent
        raise ResourceError(f"{where}: cannot be written: {error.strerror}") from error


def remove_outputs(out: Path) -> int:
    """Delete what the manifest in `out` names, the manifest and folders left empty.

    Return the number of files. Raise ResourceError where the disk refuses.
    """
    earlier = _earlier_entries(out)
    try:
        paths = [out / entry["path"] for entry in earlier]
        for path in paths:
            path.unlink()
        for name in (MANIFEST, CHECKSUMS) if paths else ():
            (out / name).unlink(missing_ok=True)
        folders = {
            parent for path in paths for parent in path.parents if out in (parent, *parent.parents)
        }
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):  # it holds other files
                folder.rmdir()
    except OSError as error:
        raise ResourceError(f"{error.filename}: cannot be deleted: {error.strerror}") from error
    return len(paths)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then rename it into it. Raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _earlier_entries(out: Path) -> list[Entry]:
    """The files that an earlier manifest names; a manifest that is damaged names none."""
    try:
        files = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        return [e for e in files if _is_below(out, e["path"]) and (out / e["path"]).is_file()]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _is_below(out: Path, path: str) -> bool:
    return (out / path).resolve().is_relative_to(out.resolve())
