"""From a folder to files: load, check, export, write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport import __version__, check, exporters
from dlexport.building.timestamp import timestamp_and_commit
from dlexport.building.write import replace_file, write_outputs
from dlexport.check import runcode
from dlexport.engine.workers import Workshop
from dlexport.exporters import Artifact, Context
from dlexport.model import Collection
from dlexport.problems import ContentError, Problems, UsageError, did_you_mean
from dlexport.reading import ledger
from dlexport.reading.collection import read_collection
from dlexport.reading.source import LEDGER
from dlexport.release.contents import Contents, contents
from dlexport.release.manifest import RELEASE, dump
from dlexport.render import formulas, highlight
from dlexport.render.templating import iso_time

Progress = Callable[[str], None]
_GENERATOR = f"dlexport {__version__}"
_SLOWEST_FIRST = ("pdf", "web", "epub", "anki")


def load_checked(
    root: Path, *, strict: bool, run_code: bool = False
) -> tuple[Collection, Problems]:
    """Load a collection and run every check.

    Raise ContentError if there are errors, or warnings and `strict`.
    """
    problems = Problems()
    with _without_collections():
        collection = read_collection(root, problems)
        formulas.restore(collection)
        highlight.restore(root)
        check.run(collection, problems)
    formulas.keep(collection)
    if run_code:
        runcode.run_all(collection, problems)
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    return collection, problems


@contextmanager
def _without_collections() -> Iterator[None]:
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


def build(
    collection: Collection,
    formats: Sequence[str],
    out: Path,
    progress: Progress,
    *,
    workshop: Workshop | None = None,
    **options: Any,
) -> list[Artifact]:
    """Make every artifact of the formats, then write all of them below `out`.

    `options` are fields of the exporters' `Context` that a user may choose.

    Raise DlexportError where an artifact cannot be made or written; then
    nothing, or only whole files, were written.
    """
    timestamp, commit = timestamp_and_commit(collection.root)
    workshop = workshop or Workshop()
    context = Context(timestamp, commit, _GENERATOR, workshop=workshop, **options)

    def made(name: str) -> list[Artifact]:
        found = []
        for artifact in exporters.create(name).artifacts(collection, context):
            progress(artifact.path.as_posix())
            workshop.go_on()
            found.append(artifact)
        return found

    tasks = [partial(made, name) for name in sorted(formats, key=_SLOWEST_FIRST.index)]
    # Only PDFs wait for other processes: what else is made takes its turn beside them.
    artifacts = [a for found in workshop.side_by_side(tasks, 2) for a in found]
    if not collection.is_selection:
        artifacts.append(Artifact(PurePosixPath(RELEASE), dump(contents_of(collection))))
    write(collection, artifacts, out, () if collection.is_selection else formats)
    formulas.keep(collection)
    highlight.keep(collection.root)
    order = [*formats, RELEASE]
    return sorted(artifacts, key=lambda a: (order.index(a.path.parts[0]), a.path))


def write(
    collection: Collection, artifacts: Sequence[Artifact], out: Path, replaced: Sequence[str] = ()
) -> None:
    """Write artifacts below `out`, and what they are; those of the formats `replaced` go.

    Raise ResourceError where the disk refuses.
    """
    timestamp, commit = timestamp_and_commit(collection.root)
    about = {
        "title": collection.metadata.title,
        "version": collection.metadata.version,
        "licence": collection.metadata.licence,
        "date": iso_time(timestamp),
        "commit": commit,
        "generator": _GENERATOR,
    }
    write_outputs(out, artifacts, about, replaced)


def contents_of(collection: Collection) -> Contents:
    """What a release of the collection holds, as it is now."""
    timestamp, _ = timestamp_and_commit(collection.root)
    return contents(collection, iso_time(timestamp), _GENERATOR)


def record(collection: Collection, package: Path) -> int:
    """Write what a released package holds into the ledger; return the number of its notes.

    Raise UsageError if `package` is none that dlexport wrote.
    """
    from dlexport.exporters.anki.notetypes import NOTE_TYPES, type_number
    from dlexport.exporters.anki.release import read_package

    metadata = collection.metadata
    kinds = {type_number(kind, metadata.anki): kind for kind in NOTE_TYPES}
    released = read_package(package, kinds, metadata.version)
    text = ledger.dump(ledger.merge(collection.ledger, released))
    replace_file(collection.root / LEDGER, text.encode())
    return len(released.notes)
