"""Figures that take long to draw: the gate draws one again when something it depends on changes.

`figures_drawn.json` holds, for each of them, a digest of the script, of what scripts share, of
the pictures that were seen to be what the script draws, and of the libraries' versions.
`python tests/figure_records.py` notes all of them as drawn; `make figures` does, when it has
drawn them. A new figure that takes long is given a line by hand, with an empty digest.
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

RECORDS = Path(__file__).with_name("figures_drawn.json")
FIGURES = Path(__file__).resolve().parent.parent / "content" / "figures"
MAIN = '__name__ == "__main__"'


def records() -> dict[str, str]:
    """The digests by the names of the scripts."""
    found: dict[str, str] = json.loads(RECORDS.read_text(encoding="utf-8"))
    return found


def is_drawn(script: Path) -> bool:
    """Whether a script was seen to draw its pictures, and nothing has changed since."""
    return records().get(script.stem) == digest(script)


def digest(script: Path) -> str:
    """The same for the same pictures, drawn by the same program."""
    shared = [path for path in FIGURES.glob("*.py") if MAIN not in path.read_text("utf-8")]
    parts = sorted([script, *shared, *FIGURES.glob(f"{script.stem}*.svg")])
    whole = sha256(f"numpy {version('numpy')}, matplotlib {version('matplotlib')}".encode())
    for path in parts:
        whole.update(path.name.encode() + sha256(path.read_text("utf-8").encode()).digest())
    return whole.hexdigest()


def note() -> None:
    """Write down all that take long as drawn."""
    noted = {name: digest(FIGURES / f"{name}.py") for name in sorted(records())}
    RECORDS.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    note()
