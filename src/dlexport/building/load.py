"""From a folder to a collection that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from dlexport import check
from dlexport.check import runcode
from dlexport.check.kernels import NATIVE, plainest
from dlexport.engine.garbage import without_garbage_collection
from dlexport.ledger import Face, Ledger
from dlexport.metadata import AnkiIds
from dlexport.model import Collection
from dlexport.problems import ContentError, Problems
from dlexport.reading.collection import read_collection
from dlexport.rendering.session import Session


def load(root: Path, session: Session, previous: Path | None = None) -> tuple[Collection, Problems]:
    """Read the collection in a folder, run every check and give what was found.

    `previous` is the last release's Anki package; what it holds stands in place of the
    ledger. The collection is whole only if there is no error. Raise UsageError if there is
    no such folder or package.
    """
    problems = Problems()
    with without_garbage_collection():
        released = partial(_released, previous) if previous else None
        collection = read_collection(root, problems, released)
        session.restore(collection)
        check.run(collection, problems, session, partial(_faces, collection, session))
    session.keep(collection)
    return collection, problems


def _released(package: Path, ids: AnkiIds) -> Ledger:
    """What learners have by an Anki package. Raise UsageError if it is none of this collection."""
    from dlexport.exporters.anki import packaged

    return packaged.read(package, ids).ledger


def _faces(collection: Collection, session: Session) -> Mapping[str, Face]:
    from dlexport.exporters.anki.faces import faces_of

    return faces_of(collection, session)


def check_templates(folder: Path | None, problems: Problems) -> None:
    """Add what is wrong with a user's templates. Raise ContentError if there are errors."""
    from dlexport.rendering.owntemplates import template_problems
    from dlexport.rendering.templating import text_environment

    if folder:
        problems.extend(template_problems(folder, text_environment(folder)))
        if problems.errors:
            raise ContentError(problems)


def load_checked(
    root: Path,
    session: Session,
    *,
    strict: bool,
    previous: Path | None = None,
    run_code: bool = False,
    portable: bool = False,
) -> tuple[Collection, Problems]:
    """Read the collection in a folder and run every check.

    `previous` is as in `load`. `run_code` runs the code of the answers too, with
    `portable` under a second kernel. Raise ContentError if there are errors, or warnings
    and `strict`.
    """
    collection, problems = load(root, session, previous)
    if run_code:
        runcode.run_all(collection, problems, (NATIVE, plainest()) if portable else (NATIVE,))
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    return collection, problems
