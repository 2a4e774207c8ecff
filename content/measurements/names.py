"""Names for the rows of a result file, so that a text can say which one a number is from.

python names.py FILE ...     name the rows of files that were written without
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

# Numbers that are set, not measured, in the order in which a name takes them.
SETTINGS = (
    "batch proposed prompt context contexts length kv_heads tokens m n rows columns kept".split()
)


def slug(value: object) -> str:
    """A word of lower-case letters, digits and hyphens; a point in a number is a `p`."""
    text = str(value).lower().replace(".", "p") if isinstance(value, float) else str(value).lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def names(rows: list[dict]) -> list[str]:
    """A name for each row: what it is, its words, and settings until no other has that name."""
    found = [
        "-".join(slug(v) for k, v in row.items() if isinstance(v, str) and k != "failed")
        for row in rows
    ]
    for key in (*SETTINGS, *{k: None for row in rows for k in row}):
        twice = {name for name, count in Counter(found).items() if count > 1}
        groups = {
            name: [r for r, n in zip(rows, found, strict=True) if n == name] for name in twice
        }
        differ = {n for n, rs in groups.items() if len({r.get(key) for r in rs}) > 1}
        found = [
            f"{name}-{slug(key)}-{slug(row.get(key))}" if name in differ else name
            for name, row in zip(found, rows, strict=True)
        ]
    return found


def named(rows: list[dict]) -> list[dict]:
    """The rows, each with its name first; names that are there already are made anew."""
    bare = [{k: v for k, v in row.items() if k != "name"} for row in rows]
    return [{"name": name, **row} for name, row in zip(names(bare), bare, strict=True)]


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["rows"] = named(data["rows"])
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
