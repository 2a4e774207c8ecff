"""Names of files that every browser and disk takes, made from ids."""

from __future__ import annotations

import re

from dlexport.reading import ids

_LONGEST = 120  # bytes of UTF-8: disks take 255, and exporters add words of their own
# Windows takes these for devices, whatever follows after a dot:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.I)


def file_name(id: str, *, taken: tuple[str, ...] = ()) -> str:
    """An id as a file's name without its ending, the same for the same id.

    `taken` are names that the exporter gives to files of its own. No id has a sign `_`, so
    that one at the end makes another name of it.
    """
    name = id
    if len(id.encode()) > _LONGEST:
        name = f"{ids.shortened(id, _LONGEST)}_{ids.short_hash(id)}"
    return f"{name}_" if name in taken or _DEVICE.fullmatch(name) else name


def question_page(question: str) -> str:
    """The file of the study site with a question, by its id. No deck is in it: moves break none."""
    return f"q/{file_name(question)}.html"


def deck_page(deck: str) -> str:
    """The file of the study site with a deck's list of questions, by the deck's id."""
    return f"deck/{file_name(deck)}.html"


def tag_page(tag: str) -> str:
    """The file of the study site with the questions that have a tag."""
    return f"tag/{file_name(tag)}.html"
