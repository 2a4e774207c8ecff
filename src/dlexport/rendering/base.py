"""What all targets share: documents as XHTML.

A target's renderer says how it shows formulas, pictures and links between
questions; everything else is the same everywhere. The markup is well-formed
XML, so that it fits into an EPUB as it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from markupsafe import Markup

from dlexport.document import (
    Block,
    CodeBlock,
    Figure,
    FormulaBlock,
    Image,
    Inline,
    InlineFormula,
    Text,
)
from dlexport.math import Formula
from dlexport.model import Collection, Picture, Question
from dlexport.problems import Place
from dlexport.reading.pictures import picture_path
from dlexport.rendering.core import Scope
from dlexport.rendering.formulas import formula_of
from dlexport.rendering.highlight import Line, markup
from dlexport.rendering.lines import LineRendering
from dlexport.rendering.links import LinkRendering
from dlexport.rendering.sanitise import Slots, contains_html, sanitise
from dlexport.rendering.session import Session
from dlexport.rendering.structure import StructureRendering
from dlexport.untrusted import css_length


class TextRenderer(LinkRendering, LineRendering, StructureRendering, ABC):
    """Renders the texts of one collection for one target."""

    # Whether the reader's program wraps long lines of code; elsewhere they scroll.
    wraps_code = False

    def __init__(self, collection: Collection, session: Session) -> None:
        super().__init__(collection, session)
        # The names of the pictures that were rendered, for what has to bring them along.
        self.shown: set[str] = set()
        # Pictures that no file holds, by their names.
        self._made: dict[str, Picture] = {}

    # What a target decides

    @abstractmethod
    def render_formula(self, formula: Formula, place: Place, scope: Scope) -> str:
        """A formula, and where it stands in its file."""

    @abstractmethod
    def render_picture(
        self, picture: Picture, alt: str, attributes: Mapping[str, str], place: Place
    ) -> str:
        """A picture with its alternative text and, by intent, its width and height."""

    def shown_pictures(self) -> dict[str, Picture]:
        """The pictures that were rendered so far, by their names in the output."""
        pictures = (*self.collection.pictures.values(), *self._made.values())
        return {p.name: p for p in pictures if p.name in self.shown}

    # What templates call

    def render_text(
        self, text: Text | None, question: Question | None = None, **options: Any
    ) -> Markup:
        """A text as block markup: paragraphs, lists, figures, its footnotes last."""
        if not text:
            return Markup("")
        scope = Scope(text, question, **options)
        body = self.render(text.blocks, scope)
        return Markup(body + self.footnotes(scope))

    def render_text_inline(
        self, text: Text | None, question: Question | None = None, **options: Any
    ) -> Markup:
        """A text as running text: paragraphs without their `<p>`, footnotes in brackets."""
        if not text:
            return Markup("")
        scope = Scope(text, question, running=True, **options)
        return Markup(self.render(text.blocks, scope).strip())

    def render_blocks(
        self, blocks: Sequence[Block], text: Text, question: Question | None = None
    ) -> Markup:
        """Some blocks of a text by themselves, such as its key formula."""
        return Markup(self.render(blocks, Scope(text, question)))

    def render_made_picture(self, picture: Picture, alt: str) -> Markup:
        """A picture that the program has made, not read."""
        self._made[picture.name] = picture
        self.shown.add(picture.name)
        return Markup(self.render_picture(picture, alt, {}, Place("collection.toml")))

    def render(self, nodes: Iterable[Block | Inline], scope: Scope) -> str:
        nodes = tuple(nodes)
        if not contains_html(nodes):
            return self.all(nodes, replace(scope, slots=None) if scope.slots else scope)
        slots = Slots(nodes)
        clean = sanitise(self.all(nodes, replace(scope, slots=slots)))
        return slots.fill(self.cleaned(clean, scope))

    def cleaned(self, markup: str, scope: Scope) -> str:
        """Markup of an author's, after the sanitiser; a target may have more to take from it."""
        return markup

    def _trusted(self, markup: str, scope: Scope) -> str:
        """Keep our own markup out of the sanitiser's way."""
        return scope.slots.keep(markup) if scope.slots else markup

    # Formulas

    def inline_formula(self, node: InlineFormula, scope: Scope) -> str:
        return self._formula(node, scope)

    def formula_block(self, node: FormulaBlock, scope: Scope) -> str:
        return self._formula(node, scope)

    def _formula(self, node: InlineFormula | FormulaBlock, scope: Scope) -> str:
        markup = self.render_formula(formula_of(node), node.place, scope)
        return self._trusted(markup, scope)

    # Code

    def code_block(self, node: CodeBlock, scope: Scope) -> str:
        language = node.language or "text"
        numbered = "numbered" in node.flags
        code = self._code(node.code, language, numbered=numbered)
        if node.is_output:
            return self._trusted(f'<pre class="output"><samp>{code}</samp></pre>\n', scope)
        css = "code numbered" if numbered else "code"
        opened = f'<pre class="{css}"><code class="language-{escape(language)}">'
        return self._trusted(f"{opened}{code}</code></pre>\n", scope)

    def _code(self, code: str, language: str, *, numbered: bool = False) -> str:
        highlighted = self.session.listings.highlight(code.rstrip("\n"), language)
        lines = [self.line_of_code(line) for line in highlighted]
        if not (self.wraps_code or numbered):
            return "\n".join(lines)
        # Lines are elements, so that a line's continuation can be told from the next line.
        return "".join(f'<span class="line">{line}\n</span>' for line in lines)

    def line_of_code(self, line: Line) -> str:
        """A line of highlighted code; a target that knows its width may break it."""
        return markup(line)

    # Pictures

    def figure(self, node: Figure, scope: Scope) -> str:
        picture = self.image(node.picture, scope)
        if scope.running:
            return picture
        caption = self.all(node.picture.caption, scope)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{picture}{below}</figure>\n"

    def image(self, node: Image, scope: Scope) -> str:
        question = scope.question
        file = question.path if question else self.collection.root / "introduction.md"
        path = picture_path(node.source, file)
        picture = self.collection.pictures[path]  # type: ignore[index]
        self.shown.add(picture.name)
        size = {k: v for k, v in node.attributes if k in ("width", "height")}
        return self._trusted(self.render_picture(picture, node.alt, size, node.place), scope)


def style_of_size(attributes: Mapping[str, str]) -> str:
    """The style attribute for a picture's width and height, as far as they are lengths."""
    lengths = {k: css_length(v) for k, v in attributes.items()}
    style = "; ".join(f"{key}: {value}" for key, value in lengths.items() if value)
    return f' style="{style}"' if style else ""


def question_anchor(question: Question) -> str:
    """The id of a question's element."""
    return f"q-{question.id}"


def heading_anchor(question: Question, name: str) -> str:
    """The id of the element of a heading, which the question's own id makes unique."""
    return f"{question_anchor(question)}.{name}"
