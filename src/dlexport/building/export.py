"""From a checked collection to files: every format's artifacts, and what a release holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport import __version__, exporters
from dlexport.building.timestamp import timestamp_and_commit
from dlexport.building.write import write_outputs
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.model import Collection
from dlexport.release.contents import Contents, contents
from dlexport.release.manifest import RELEASE, dump
from dlexport.render.session import Session
from dlexport.render.templating import iso_time

Progress = Callable[[str], None]
_GENERATOR = f"dlexport {__version__}"
_SLOWEST_FIRST = ("pdf", "web", "epub", "anki")


def export(
    collection: Collection,
    formats: Sequence[str],
    out: Path,
    session: Session,
    workers: Workers,
    progress: Progress = lambda _: None,
    **options: Any,
) -> list[Artifact]:
    """Make every artifact of the formats, then write all of them below `out`.

    `options` are fields of the exporters' `Context` that a user may choose; `progress`
    is told the path of each artifact. Raise DlexportError where an artifact cannot be
    made or written; then nothing, or only whole files, were written.
    """
    timestamp, commit = timestamp_and_commit(collection.root)
    context = Context(timestamp, commit, _GENERATOR, session, **options)

    def made(name: str) -> list[Artifact]:
        found = []
        for artifact in exporters.create(name).artifacts(collection, context, workers):
            progress(artifact.path.as_posix())
            workers.go_on()
            found.append(artifact)
        return found

    tasks = [partial(made, name) for name in sorted(formats, key=_SLOWEST_FIRST.index)]
    # Only PDFs wait for other processes: what else is made takes its turn beside them.
    artifacts = [a for found in workers.side_by_side(tasks, 2) for a in found]
    if not collection.is_selection:
        artifacts.append(Artifact(PurePosixPath(RELEASE), dump(contents_of(collection))))
    write(collection, artifacts, out, () if collection.is_selection else formats)
    session.keep(collection)
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
