"""Ids that learners have are kept: none vanishes, none comes back as something else."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.model import Card, Collection, Question
from dlexport.problems import Place, Problem, did_you_mean
from dlexport.reading.source import LEDGER, display_name


def kept_promises(collection: Collection) -> Iterator[Problem]:
    """What the ledger and the tombstones say against the cards of today."""
    present = {f"{q.id}/{card.id}": (q, card) for q, card in collection.cards}
    for key in present.keys() & collection.tombstones.keys():
        yield Problem(
            present[key][1].place,
            "reused-id",
            f"“{key}” was removed: {collection.tombstones[key]}",
            "give the card a new id: learners who have the old one must not get this in its place",
        )
    if collection.ledger:
        for key, note in collection.ledger.notes.items():
            if key not in present and key not in collection.tombstones:
                yield _vanished(collection, key, present)
            elif key in present and note.kind != present[key][1].kind:
                yield _changed(key, note.kind, present[key][1])


def _vanished(
    collection: Collection, key: str, present: dict[str, tuple[Question, Card]]
) -> Problem:
    near = did_you_mean(key, present)
    return Problem(
        Place(display_name(collection.root / LEDGER)),
        "vanished-id",
        f"“{key}” was released, and is gone",
        f'bring it back, or write `"{key}" = "why"` into tombstones.toml'
        + (f"; {near}" if near.startswith("did") else ""),
    )


def _changed(key: str, before: str, card: Card) -> Problem:
    return Problem(
        card.place,
        "changed-kind",
        f"“{key}” was released as a {before} card and is a {card.kind} card now",
        "give the card a new id, and the old one a tombstone",
    )
