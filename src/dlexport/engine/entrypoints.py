"""Exporters of other packages, found by their entry points; nothing is imported for that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

EXPORTERS = "dlexport.exporters"


def exporters_of_others() -> Mapping[str, EntryPoint]:
    """What installed packages offer in the group `dlexport.exporters`, by name, sorted."""
    from importlib.metadata import entry_points  # a quarter of what the command line loads

    found = entry_points(group=EXPORTERS)
    return {point.name: point for point in sorted(found, key=lambda p: (p.name, p.value))}


def package_of(point: EntryPoint) -> str:
    """The name of the package that an entry point belongs to, for messages."""
    return point.dist.name if point.dist else point.value
