"""What every node of a document's tree has."""

from __future__ import annotations

from dataclasses import dataclass, field

from dlexport.problems import Place

# Names with their values, in the order in which they were written.
Attributes = tuple[tuple[str, str], ...]
NOWHERE = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a document.

    Nodes are values: two are equal if they say the same, wherever they stand. `place` is
    where a message points; parts of a line that have none of their own have their line's.
    """

    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def inside(self) -> tuple[Node, ...]:
        """The nodes in this one, in the order in which they are read."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed(Node):
    """A node that may have a list of attributes: `{#id .class width=40mm}`."""

    attributes: Attributes = ()

    def attribute(self, name: str) -> str:
        """The value of an attribute, empty where it has none of that name."""
        return next((value for key, value in self.attributes if key == name), "")

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of its classes."""
        return tuple(self.attribute("class").split())
