"""Exporters of other packages: theirs are simpler than ours, and must not stop ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint
from typing import Protocol, runtime_checkable

from dlexport.engine.entrypoints import package_of
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.model import Collection
from dlexport.problems import DlexportError, ResourceError


@runtime_checkable
class Exporter(Protocol):
    """Makes the files of one format from a collection.

    A package offers one in the entry-point group `dlexport.exporters`: a class that is
    called without arguments, or anything else that is. The entry point's name is the
    command's, and the folder below the output folder that all its files lie in.
    """

    def artifacts(self, collection: Collection, context: Context) -> Iterable[Artifact]:
        """The files, in any order. Raise DlexportError with a message for the user."""


class BrokenExporterError(ResourceError):
    """An exporter of another package that cannot be used."""


class OtherExporter:
    """An exporter of another package, in the form that ours have."""

    def __init__(self, name: str, exporter: Exporter, package: str = "") -> None:
        """Take the name of its folder, and the package that is blamed for its faults."""
        self._name = name
        self._exporter = exporter
        self._package = f" (package {package})" if package else ""

    @classmethod
    def load(cls, point: EntryPoint) -> OtherExporter:
        """Import what an entry point names. Raise BrokenExporterError where that fails."""
        try:
            return cls(point.name, point.load()(), package_of(point))
        except Exception as error:
            raise BrokenExporterError(
                f"exporter “{point.name}” of package {package_of(point)} cannot be loaded: "
                f"{type(error).__name__}: {error}"
            ) from error

    def artifacts(
        self, collection: Collection, context: Context, _workers: Workers
    ) -> Iterator[Artifact]:
        """Its files. Raise BrokenExporterError for a fault of its own."""
        try:
            for artifact in self._exporter.artifacts(collection, context):
                yield self._checked(artifact)
        except DlexportError:
            raise
        except Exception as error:
            raise self._broken(f"{type(error).__name__}: {error}") from error

    def _checked(self, artifact: Artifact) -> Artifact:
        parts = artifact.path.parts
        if len(parts) < 2 or parts[0] != self._name or ".." in parts:
            raise self._broken(f"its file {artifact.path} does not lie in {self._name}/")
        return artifact

    def _broken(self, what: str) -> BrokenExporterError:
        return BrokenExporterError(f"exporter “{self._name}”{self._package} failed: {what}")
