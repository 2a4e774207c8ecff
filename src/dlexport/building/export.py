"""From a checked collection to files: every format's artifacts, and what a release holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport import exporters
from dlexport.building.timestamp import Moment, moment_of
from dlexport.building.write import write_outputs
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context, Exporter
from dlexport.exporters.others import BrokenExporterError
from dlexport.model import Collection
from dlexport.problems import DlexportError, MissingLibraryError, ResourceError
from dlexport.reading.ids import folded
from dlexport.release.contents import Contents, contents
from dlexport.release.manifest import RELEASE, dump
from dlexport.rendering.session import Session
from dlexport.rendering.templating import iso_time
from dlexport.version import __version__

Progress = Callable[[str], None]
Makers = Mapping[str, Callable[[], Exporter]]
_GENERATOR = f"dlexport {__version__}"
_SLOWEST_FIRST = ("pdf", "web", "epub", "anki")


def artifacts_of(
    collection: Collection,
    formats: Makers,
    session: Session,
    workers: Workers,
    progress: Progress = lambda _: None,
    moment: Moment | None = None,
    **options: Any,
) -> tuple[list[Artifact], dict[str, ResourceError]]:
    """Every artifact of the formats in their order, and the formats that could not be made.

    Those are exporters of others that failed, and ours without a library of the system.

    `options` are fields of the exporters' `Context` that a user may choose; `progress`
    is told the path of each artifact. Raise DlexportError where an artifact cannot be made.
    """
    moment = moment or moment_of(collection.root)
    context = Context(moment.time, moment.commit, _GENERATOR, session, **options)
    failed: dict[str, ResourceError] = {}

    def made(name: str) -> list[Artifact]:
        found = []
        try:
            for artifact in formats[name]().artifacts(collection, context, workers):
                progress(artifact.path.as_posix())
                workers.go_on()
                found.append(artifact)
        except (BrokenExporterError, MissingLibraryError) as error:
            failed[name] = error
            return []
        return found

    tasks = [partial(made, name) for name in sorted(formats, key=_rank)]
    # Only PDFs wait for other processes: what else is made takes its turn beside them.
    artifacts = [a for found in workers.side_by_side(tasks, 2) for a in found]
    if not collection.is_selection:
        artifacts.append(Artifact(PurePosixPath(RELEASE), dump(contents_of(collection, moment))))
    _refuse_doubles(artifacts)
    order = [*formats, RELEASE]
    return sorted(artifacts, key=lambda a: (order.index(a.path.parts[0]), a.path)), failed


def _refuse_doubles(artifacts: Sequence[Artifact]) -> None:
    """Refuse two files that a disk, which may not tell upper case from lower, takes for one."""
    seen: dict[str, PurePosixPath] = {}
    for artifact in artifacts:
        first = seen.setdefault(folded(artifact.path.as_posix()), artifact.path)
        if first is not artifact.path:
            raise DlexportError(f"two files would be one on some disks: {first}, {artifact.path}")


def export(
    collection: Collection,
    formats: Sequence[str] | Makers,
    out: Path | None,
    session: Session,
    workers: Workers,
    progress: Progress = lambda _: None,
    accept: Callable[[Sequence[Artifact]], None] = lambda _: None,
    *,
    force: bool = False,
    tell: Progress = lambda _: None,
    moment: Moment | None = None,
    **options: Any,
) -> list[Artifact]:
    """Make the artifacts of the formats (see `artifacts_of`), then write all of them below `out`.

    `accept` is given all that was made, and raises DlexportError where it is not to be written.

    Formats are names, or what makes the exporter of each. Without `out` nothing is written.
    `force` and `tell` are as in `write`.
    Raise DlexportError where an artifact cannot be made or written; then nothing, or only
    whole files, were written. Raise BrokenExporterError or MissingLibraryError when all
    others are written.
    """
    makers = formats if isinstance(formats, Mapping) else _makers(formats)
    moment = moment or moment_of(collection.root)
    artifacts, failed = artifacts_of(
        collection, makers, session, workers, progress, moment, **options
    )
    accept(artifacts)
    done = [name for name in makers if name not in failed]
    if done and out is not None:
        replaced = () if collection.is_selection else done
        write(collection, artifacts, out, moment, replaced, force=force, tell=tell)
    session.keep(collection)
    if failed:
        raise _incomplete(failed, done)
    return artifacts


def _incomplete(failed: Mapping[str, ResourceError], done: Sequence[str]) -> ResourceError:
    """What is missing, and what was made nevertheless."""
    reasons = [
        f"{name} is missing: {error}" if isinstance(error, MissingLibraryError) else str(error)
        for name, error in failed.items()
    ]
    made = [f"made without it: {', '.join(done)}"] if done else []
    return type(next(iter(failed.values())))("; ".join((*reasons, *made)))


def _makers(formats: Sequence[str]) -> Makers:
    return {name: partial(exporters.create, name) for name in formats}


def _rank(name: str) -> int:
    return _SLOWEST_FIRST.index(name) if name in _SLOWEST_FIRST else len(_SLOWEST_FIRST)


def write(
    collection: Collection,
    artifacts: Sequence[Artifact],
    out: Path,
    moment: Moment,
    replaced: Sequence[str] = (),
    *,
    force: bool = False,
    tell: Progress = lambda _: None,
) -> None:
    """Write artifacts below `out`, and what they are; those of the formats `replaced` go.

    `tell` is told what an author should know: another build that is waited for, a file that
    was to be deleted and stays. Raise ResourceError where the disk refuses, and where a file
    is in the way that no build wrote, unless `force` replaces it.
    """
    removed = write_outputs(
        out, artifacts, about(collection, moment), replaced, force=force, tell=tell
    )
    for path in removed.left:
        tell(f"{path}: no longer made, but changed since it was: it stays")


def about(collection: Collection, moment: Moment) -> Mapping[str, str]:
    """What the manifest of an output folder says of the collection."""
    return {
        "title": collection.metadata.title,
        "version": collection.metadata.version,
        "licence": collection.metadata.licence,
        "date": iso_time(moment.time),
        "commit": moment.commit,
        "generator": _GENERATOR,
    }


def contents_of(collection: Collection, moment: Moment) -> Contents:
    """What a release of the collection holds, as it is at that moment."""
    return contents(collection, iso_time(moment.time), _GENERATOR)
