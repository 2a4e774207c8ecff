"""What is read and what is written lie in different places."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dlexport.problems import UsageError


def refuse_own_sources(
    out: Path, formats: Iterable[str], folders: Iterable[Path], previous: Path | None = None
) -> None:
    """Raise UsageError where outputs would lie among what they are made from.

    `folders` are read: neither `out` nor the folder of a format in it may be one of them, or
    hold one. `previous`, an earlier package, may not be where this build puts its own.
    """
    out = out.resolve()
    for folder in folders:
        inner = folder.resolve()
        if inner == out or any(inner.is_relative_to(out / name) for name in formats):
            raise UsageError(
                f"{folder}: outputs would lie among the files that they are made from: choose "
                "another folder with --out"
            )
    if previous and previous.resolve().is_relative_to(out / "anki"):
        raise UsageError(
            f"{previous}: this build would replace or delete it: copy the last release's package "
            "to another folder first"
        )
