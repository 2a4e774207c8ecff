"""What a package of ours says about itself, in an entry that Anki passes over.

Anki's own export of the same cards has no such entry: that is how the two are told apart.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

ENTRY = "dlexport.json"
_FORMAT = {"format": "dlexport package", "format_version": 1}


class Part(StrEnum):
    """How much of its collection a package holds."""

    ALL = "all"
    CORE = "core"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True)
class Head:
    """The collection that a package is of, by namespace and version, and how much of it."""

    namespace: str
    version: str
    part: Part
    generator: str


def dump(head: Head) -> bytes:
    """The entry's bytes."""
    return (json.dumps(_FORMAT | asdict(head), ensure_ascii=False, indent=2) + "\n").encode()


def parse(data: bytes) -> Head:
    """The head that an entry holds. Raise ValueError if it is none that this dlexport reads."""
    found = json.loads(data)
    if not isinstance(found, dict) or {k: found.get(k) for k in _FORMAT} != _FORMAT:
        raise ValueError(f"{ENTRY} is of another format")
    texts = [found.get(key) for key in ("namespace", "version", "part", "generator")]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{ENTRY} lacks what it has to say")
    namespace, version, part, generator = map(str, texts)
    return Head(namespace, version, Part(part), generator)
