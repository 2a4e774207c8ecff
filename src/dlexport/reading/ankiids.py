"""What ties a collection to learners' programs: the table `[anki]` of collection.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from dlexport.metadata import AnkiIds
from dlexport.problems import did_you_mean
from dlexport.reading.cards import KINDS
from dlexport.reading.table import Table

_KEYS = ("namespace", "deck_id", "note_type_ids", "tag_prefix")
# The largest whole number that JavaScript holds exactly: Anki's screens are written in it.
_MOST = 2**53 - 1
# Readers are told what to search for, and Anki's search has other signs for itself.
_NO_TAG = re.compile(r"[^\w.:-]")
_DEFAULT_DECK = 1  # the number of the deck that every collection of Anki begins with


def anki_ids(settings: Table, slug: str) -> AnkiIds:
    """The ids as they are set, else made from the namespace, that from the slug."""
    anki = settings.table("anki", _KEYS)
    own = anki.text("namespace", slug)
    namespace = own or slug
    return AnkiIds(
        namespace,
        _deck_id(anki) or stable_id("deck", namespace),
        _note_type_ids(anki.table("note_type_ids"), namespace),
        _tag_prefix(anki, slug) or slug,
        has_namespace=bool(own),
    )


def stable_id(*parts: str) -> int:
    """A number that Anki takes as an id, the same for the same parts: 2**30 to 2**31 - 1."""
    digest = sha256("/".join(parts).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:8], "big") % (1 << 30)


def type_id(kind: str, namespace: str) -> int:
    """The number of the note type of a kind of card, where it is not set."""
    return stable_id("note type", namespace, kind)


def _deck_id(anki: Table) -> int:
    number = anki.whole("deck_id", _MOST)
    if number == _DEFAULT_DECK:
        message = "`deck_id` is 1, the number of Anki's own deck “Default”"
        anki.report("bad-value", message, "write a large number, or delete the key", at="deck_id")
    return number


def _note_type_ids(types: Table, namespace: str) -> Mapping[str, int]:
    """The numbers that are set; no two kinds may have one, be it by the namespace."""
    found: dict[str, int] = {}
    for kind, value in types.data.items():
        if kind not in KINDS:
            types.report("unknown-key", f"`{kind}`", did_you_mean(kind, KINDS), at=kind)
        elif number := types.whole_of(value, kind, _MOST):
            found[kind] = number
    made = {type_id(kind, namespace): kind for kind in KINDS if kind not in found}
    for kind, number in found.items():
        first = made.setdefault(number, kind)
        if first != kind:
            message = f"`{kind}` has the number {number} of `{first}`"
            types.report("bad-value", message, "give each kind a number of its own", at=kind)
    return found


def _tag_prefix(anki: Table, slug: str) -> str:
    prefix = anki.text("tag_prefix", slug)
    if " " in prefix:
        hint = f'write tag_prefix = "{prefix.replace(" ", "-")}"'
        message = "`tag_prefix` has a blank, which ends a tag in Anki"
        anki.report("bad-value", message, hint, at="tag_prefix")
    elif prefix and not all(prefix.split("::")):
        message = f"`tag_prefix` is “{prefix}”: a part of it is empty"
        anki.report("bad-value", message, f'write tag_prefix = "{slug}"', at="tag_prefix")
    elif found := _NO_TAG.search(prefix):
        hint = "write letters, digits, hyphens, `_`, `.` and `::`"
        message = f"`tag_prefix` has the character {found[0]}"
        anki.report("bad-value", message, hint, at="tag_prefix")
    return prefix
