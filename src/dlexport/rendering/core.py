"""What the parts of a renderer have in common."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from dlexport.model import Collection, Question
from dlexport.rendering.session import Session

Env = MutableMapping[str, Any]
OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": True}).options


class Rendering(RendererHTML):
    """A renderer of one collection. Methods are named after tokens, as markdown-it wants it."""

    def __init__(self, collection: Collection, session: Session) -> None:
        super().__init__()
        self.collection = collection
        self.session = session
        self.engine = session.engine(collection)
        # Links that lead out of this collection's selection, as messages with their places.
        self.left_out: dict[str, None] = {}

    def render_tokens(self, tokens: Sequence[Token], env: Env) -> str:
        """Tokens as markup; raw HTML among them is cleaned."""
        raise NotImplementedError

    def heading_anchor(self, question: Question, name: str) -> str | None:
        """The id of the element of a heading; None where the target has no such ids."""
        return None
