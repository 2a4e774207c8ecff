"""Marks of words that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlexport.document import Str
from dlexport.model import Collection
from dlexport.problems import Problem

_ATTRIBUTES = re.compile(r"\](\{\s*(?:[.#][\w-]+|[\w-]+=)[^{}]*\})")


def unknown_marks(collection: Collection) -> Iterator[Problem]:
    """A list of attributes after brackets that readers see, since it is none of ours."""
    for question in collection.questions:
        for string in question.every(Str):
            for found in _ATTRIBUTES.finditer(string.text):
                yield Problem(
                    string.place,
                    "unknown-mark",
                    f"“{found[1]}” is read as text",
                    'write [word]{.term}, or [2.94]{from="file.row.key"} for a measured number',
                )
