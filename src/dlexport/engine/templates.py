"""The files of a folder of templates: those that are filled in, hashed and watched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_EDITORS = re.compile(r"\..*|.*~|#.*#|.*\.(swp|swo|tmp|bak)|4913")


def template_files(folder: Path) -> Iterator[Path]:
    """All files below a folder of templates, in order, but for hidden ones and editors' own.

    Linked folders are entered once each.
    """
    seen: set[Path] = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        real = Path(parent).resolve()
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not _EDITORS.fullmatch(name))
