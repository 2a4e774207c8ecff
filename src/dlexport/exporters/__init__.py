"""One exporter for each format; none knows another, none writes to the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Protocol

from dlexport.engine.entrypoints import exporters_of_others
from dlexport.engine.workers import Workers
from dlexport.model import Collection
from dlexport.problems import Place, Problem, UsageError, did_you_mean
from dlexport.rendering.session import Session


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be written: its path below the output folder, its bytes, what to warn of.

    A warning is a problem with its place; words alone are about the file. `machine` is a name
    for the fonts of this machine, where they had a part in it, else empty.
    """

    path: PurePosixPath
    data: bytes
    warnings: tuple[Problem | str, ...] = ()
    machine: str = ""

    @property
    def problems(self) -> Iterator[Problem]:
        """The warnings, those that are words alone with the file as their place."""
        for said in self.warnings:
            if isinstance(said, Problem):
                yield said
            else:
                yield Problem(Place(str(self.path)), "exporter-warning", said)


@dataclass(frozen=True, slots=True)
class FlashCardOptions:
    """How flash cards lie on paper.

    `flip` is the edge that the printer turns the sheet over, `long` or `short`.
    `shift` moves the back pages, in millimetres to the right and down.
    """

    columns: int = 2
    rows: int = 4
    flip: str = "long"
    shift: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Context:
    """What an exporter knows besides the collection.

    `timestamp` (seconds since 1970, UTC) stands for "now" in every output;
    `templates` is a folder whose templates come before ours, if one was named. `session`
    holds what texts are rendered with.
    """

    timestamp: int
    commit: str
    generator: str
    session: Session
    templates: Path | None = None
    flash_cards: FlashCardOptions = FlashCardOptions()


class Exporter(Protocol):
    """Makes the artifacts of one format."""

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """Each artifact as soon as it is made; slow work is for the workers.

        Raise DlexportError where that fails.
        """


_CLASSES: Mapping[str, str] = {
    "anki": "dlexport.exporters.anki.exporter:AnkiExporter",
    "epub": "dlexport.exporters.epub.exporter:EpubExporter",
    "pdf": "dlexport.exporters.pdf.exporter:PdfExporter",
    "web": "dlexport.exporters.web.exporter:WebExporter",
}
NAMES = tuple(_CLASSES)


def create(name: str) -> Exporter:
    """The exporter of that name, ours or another package's; it is imported now, not earlier.

    Raise UsageError if there is none, BrokenExporterError if it cannot be loaded.
    """
    if name in _CLASSES:
        module, _, cls = _CLASSES[name].partition(":")
        exporter: Exporter = getattr(import_module(module), cls)()
        return exporter
    from dlexport.exporters.others import OtherExporter

    others = exporters_of_others()
    if name not in others:
        hint = did_you_mean(name, [*NAMES, *others])
        raise UsageError(f"there is no exporter “{name}”" + (f": {hint}" if hint else ""))
    return OtherExporter.load(others[name])
