"""What the parts of a renderer have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from unicodedata import bidirectional

from dlexport.document import Attributes, Block, Inline, Renderer, Text, plain
from dlexport.model import Collection, Question
from dlexport.problems import Problem
from dlexport.rendering.sanitise import Slots
from dlexport.rendering.session import Session
from dlexport.untrusted import attribute_fault


@dataclass(frozen=True, slots=True)
class Scope:
    """What a node has to know of the text that it is in, and of what is around it."""

    text: Text
    question: Question | None
    # Whether the text is a part of somebody's line: no paragraphs, notes in brackets.
    running: bool = False
    # Whether deletions are those of a cloze note of Anki's.
    cloze: bool = False
    # So many levels above others of their kind are the text's headings.
    raised: int = 0
    # Whether this is a header cell of a table.
    in_header: bool = False
    # Where our own markup is put aside while HTML of an author is cleaned.
    slots: Slots | None = None
    # The numbers of the notes that were referred to so far, by their labels.
    notes: dict[str, int] = field(default_factory=dict)


class Rendering(Renderer[Scope]):
    """A renderer of one collection."""

    def __init__(self, collection: Collection, session: Session) -> None:
        self.collection = collection
        self.session = session
        self.engine = session.engine(collection)
        # Links that lead out of this collection's selection.
        self.left_out: dict[Problem, None] = {}

    @abstractmethod
    def render(self, nodes: Iterable[Block | Inline], scope: Scope) -> str:
        """Nodes as markup; raw HTML among them is cleaned."""

    def attribute(self, text: str, scope: Scope) -> str:
        """A value of an attribute as it stands between its quotes."""
        return escaped(text)

    def heading_anchor(self, question: Question, name: str) -> str | None:
        """The id of the element of a heading; None where the target has no such ids."""
        return None


def escaped(text: str) -> str:
    """Text as XML and HTML spell it in elements and in attributes."""
    return escape(text, quote=False).replace('"', "&quot;")


def written(attributes: Attributes, css: str = "", *, words: Iterable[Inline] = ()) -> str:
    """Attributes as they stand in a tag, each after a blank, each once.

    `css` is a class of ours. The first letter of `words` gives their direction, where the
    author gives none.
    """
    found = {key: value for key, value in attributes if not attribute_fault(key, value)}
    if css:
        found["class"] = f"{found['class']} {css}" if "class" in found else css
    if "dir" not in found and (side := _direction(words)):
        found = {"dir": side, **found}
    return "".join(f' {key}="{escaped(value)}"' for key, value in found.items())


def direction(words: Iterable[Inline]) -> str:
    """The attribute for text whose first letter is of a script from right to left."""
    side = _direction(words)
    return f' dir="{side}"' if side else ""


def _direction(words: Iterable[Inline]) -> str:
    for character in plain(words):
        found = bidirectional(character)
        if found in ("R", "AL"):
            return "rtl"
        if found == "L":
            return ""
    return ""
