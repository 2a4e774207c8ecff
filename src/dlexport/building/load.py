"""From a folder to a collection that was checked, or to a part of one."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dlexport import check
from dlexport.check import runcode
from dlexport.check.kernels import NATIVE, plainest
from dlexport.model import Collection
from dlexport.problems import ContentError, Problems, UsageError, did_you_mean
from dlexport.reading.collection import read_collection
from dlexport.render.session import Session


def load_checked(
    root: Path,
    session: Session,
    *,
    strict: bool,
    run_code: bool = False,
    portable: bool = False,
) -> tuple[Collection, Problems]:
    """Read the collection in a folder and run every check.

    `run_code` runs the code of the answers too, with `portable` under a second kernel.
    Raise ContentError if there are errors, or warnings and `strict`.
    """
    problems = Problems()
    with _without_garbage_collection():
        collection = read_collection(root, problems)
        session.restore(collection)
        check.run(collection, problems, session)
    session.keep(collection)
    if run_code:
        runcode.run_all(collection, problems, (NATIVE, plainest()) if portable else (NATIVE,))
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    return collection, problems


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep Python from looking for garbage: all that is made here stays, and it is a lot."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def select(collection: Collection, decks: Sequence[str]) -> Collection:
    """The collection with these decks alone; all of it where none is named.

    Raise UsageError for a deck that is not there.
    """
    known = {deck.id for deck in collection.decks}
    for name in decks:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(f"there is no deck “{name}”" + (f": {hint}" if hint else ""))
    if not decks or set(decks) == known:
        return collection
    chosen = tuple(d for d in collection.decks if d.id in decks)
    slug = "-".join([collection.metadata.slug, *(d.id for d in chosen)])
    metadata = replace(collection.metadata, slug=slug)
    return replace(collection, decks=chosen, metadata=metadata, is_selection=True)
