"""What all targets share: Markdown tokens to XHTML.

A target's renderer says how it shows formulas, pictures and links between
questions; everything else is the same everywhere. The markup is well-formed
XML, so that it fits into an EPUB as it is.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from dlexport.document import Text
from dlexport.math import Formula
from dlexport.model import Collection, Picture, Question
from dlexport.problems import Place
from dlexport.reading.pictures import picture_path
from dlexport.rendering.core import OPTIONS, Env
from dlexport.rendering.formulas import formula_of
from dlexport.rendering.highlight import Line, markup
from dlexport.rendering.links import LinkRendering
from dlexport.rendering.sanitise import Slots, contains_html, sanitise
from dlexport.rendering.session import Session
from dlexport.rendering.structure import StructureRendering, direction


class TextRenderer(LinkRendering, StructureRendering, ABC):
    """Renders the texts of one collection for one target.

    Methods are named after the tokens they render, as markdown-it wants it.
    """

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
    def render_formula(self, formula: Formula, env: Env) -> str:
        """A formula; `env["place"]` is where it stands in its file."""

    @abstractmethod
    def render_picture(
        self, picture: Picture, alt: str, attributes: dict[str, str], env: Env
    ) -> str:
        """A picture with its alternative text and, by intent, its width and height."""

    @abstractmethod
    def question_address(self, question: Question) -> str | None:
        """Where a link to a question leads; None where the target does not hold it."""

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
        env = self._env(text, question, options)
        body = self.render_tokens(text.tokens, env)
        return Markup(body + self.footnotes(text, env))

    def render_text_inline(
        self, text: Text | None, question: Question | None = None, **options: Any
    ) -> Markup:
        """A text as running text: paragraphs without their `<p>`, footnotes in brackets."""
        if not text:
            return Markup("")
        env = self._env(text, question, options)
        env["running"] = True
        tokens = [t for t in text.tokens if not t.type.startswith("paragraph_")]
        return Markup(self.render_tokens(tokens, env).strip())

    def render_blocks(
        self, tokens: Sequence[Token], text: Text, question: Question | None = None
    ) -> Markup:
        """Some blocks of a text by themselves, such as its key formula."""
        return Markup(self.render_tokens(tokens, self._env(text, question, {})))

    def render_made_picture(self, picture: Picture, alt: str) -> Markup:
        """A picture that the program has made, not read."""
        self._made[picture.name] = picture
        self.shown.add(picture.name)
        return Markup(self.render_picture(picture, alt, {}, {"place": Place("collection.toml")}))

    def _env(self, text: Text, question: Question | None, options: dict[str, Any]) -> Env:
        return {"question": question, "text": text, "notes": {}, "slots": None, **options}

    def render_tokens(self, tokens: Sequence[Token], env: Env) -> str:
        env["slots"] = None
        if not contains_html(tokens):
            return str(self.render(tokens, OPTIONS, env))
        env["slots"] = slots = Slots(tokens)
        return slots.fill(sanitise(str(self.render(tokens, OPTIONS, env))))

    def _trusted(self, markup: str, env: Env) -> str:
        """Keep our own markup out of the sanitiser's way."""
        slots: Slots | None = env["slots"]
        return slots.keep(markup) if slots else markup

    # Formulas

    def math_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        formula = formula_of(tokens[idx])
        assert formula
        env["place"] = tokens[idx].meta.get("place")
        return self._trusted(self.render_formula(formula, env), env)

    math_inline_double = math_inline
    math_block = math_inline

    # Code

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        token = tokens[idx]
        words = token.info.split()
        if words[:1] == ["math"]:
            return self.math_inline(tokens, idx, options, env)
        language = words[0] if words else "text"
        numbered = "numbered" in words[1:]
        code = self._code(token.content, language, numbered=numbered)
        if language == "output":
            return self._trusted(f'<pre class="output"><samp>{code}</samp></pre>\n', env)
        css = "code numbered" if numbered else "code"
        opened = f'<pre class="{css}"><code class="language-{escape(language)}">'
        return self._trusted(f"{opened}{code}</code></pre>\n", env)

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        code = self._code(tokens[idx].content, "text")
        return self._trusted(f'<pre class="code"><code>{code}</code></pre>\n', env)

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

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        if _is_figure(tokens, idx):
            return "<figure>"
        opened = str(self.renderToken(tokens, idx, options, env))
        return opened.replace("<p", "<p" + direction(tokens[idx + 1]), 1)

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        if not _is_figure(tokens, idx - 2):
            return str(self.renderToken(tokens, idx, options, env))
        image = tokens[idx - 1].children[0]  # type: ignore[index]
        caption = self.renderInline(image.meta.get("caption", []), options, env)
        return (f"<figcaption>{caption}</figcaption>" if caption else "") + "</figure>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        token = tokens[idx]
        question: Question | None = env["question"]
        file = question.path if question else self.collection.root / "introduction.md"
        path = picture_path(str(token.attrs["src"]), file)
        picture = self.collection.pictures[path]  # type: ignore[index]
        self.shown.add(picture.name)
        size = {k: str(v) for k, v in token.attrs.items() if k in ("width", "height")}
        alt = re.sub(r"\s+", " ", token.content).strip()
        env["place"] = token.meta.get("place")
        return self._trusted(self.render_picture(picture, alt, size, env), env)


def style_of_size(attributes: Mapping[str, str]) -> str:
    """The style attribute for a picture's width and height; numbers alone are pixels."""
    lengths = {k: f"{v}px" if v.isdigit() else v for k, v in attributes.items()}
    style = "; ".join(f"{key}: {value}" for key, value in lengths.items())
    return f' style="{escape(style)}"' if style else ""


def question_anchor(question: Question) -> str:
    """The id of a question's element."""
    return f"q-{question.id}"


def heading_anchor(question: Question, name: str) -> str:
    """The id of the element of a heading, which the question's own id makes unique."""
    return f"{question_anchor(question)}.{name}"


def _is_figure(tokens: Sequence[Token], idx: int) -> bool:
    """Whether a paragraph holds a picture and nothing else."""
    if idx < 0 or tokens[idx].type != "paragraph_open" or tokens[idx].hidden:
        return False
    children = tokens[idx + 1].children or []
    return len(children) == 1 and children[0].type == "image"
