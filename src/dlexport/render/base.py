"""What all targets share: Markdown tokens to XHTML.

A target's renderer says how it shows formulas, pictures and links between
questions; everything else is the same everywhere. The markup is well-formed
XML, so that it fits into an EPUB as it is.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, MutableMapping, Sequence
from html import escape
from typing import Any
from unicodedata import bidirectional

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from dlexport.formulas import engine_for, formula_of
from dlexport.highlight import Line, highlight, markup
from dlexport.links import cited_keys, linked_file
from dlexport.math import Formula
from dlexport.model import Collection, Picture, Question, Text
from dlexport.pictures import picture_path
from dlexport.render.sanitise import Slots, contains_html, sanitise

Env = MutableMapping[str, Any]
_OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": True}).options


class TextRenderer(RendererHTML, ABC):
    """Renders the texts of one collection for one target.

    Methods are named after the tokens they render, as markdown-it wants it.
    """

    # Whether the reader's program wraps long lines of code; elsewhere they scroll.
    wraps_code = False
    # Added to the level of a text's own headings, which begin at 3.
    heading_offset = 0

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection
        self.engine = engine_for(collection)
        # The names of the pictures that were rendered, for what has to bring them along.
        self.shown: set[str] = set()

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

    def reference_address(self, question: Question, number: int) -> str | None:
        """Where a citation leads; None for no link."""
        return f"#{reference_anchor(question, number)}"

    def shown_pictures(self) -> dict[str, bytes]:
        """The pictures that were rendered so far, by their names in the output."""
        pictures = self.collection.pictures.values()
        return {p.name: p.data for p in pictures if p.name in self.shown}

    def link_remark(self, question: Question) -> str:
        """What follows a link to a question that has no address in this target."""
        return ""

    # What templates call

    def render_text(
        self, text: Text | None, question: Question | None = None, **options: Any
    ) -> Markup:
        """A text as block markup: paragraphs, lists, figures, its footnotes last."""
        if not text:
            return Markup("")
        env = self._env(text, question, options)
        body = self._render(text.tokens, env)
        return Markup(body + self._footnotes(text, env))

    def render_text_inline(
        self, text: Text | None, question: Question | None = None, **options: Any
    ) -> Markup:
        """A text as running text: paragraphs without their `<p>`, footnotes in brackets."""
        if not text:
            return Markup("")
        env = self._env(text, question, options)
        env["running"] = True
        tokens = [t for t in text.tokens if not t.type.startswith("paragraph_")]
        return Markup(self._render(tokens, env).strip())

    def render_blocks(
        self, tokens: Sequence[Token], text: Text, question: Question | None = None
    ) -> Markup:
        """Some blocks of a text by themselves, such as its key formula."""
        return Markup(self._render(tokens, self._env(text, question, {})))

    def _env(self, text: Text, question: Question | None, options: dict[str, Any]) -> Env:
        return {"question": question, "text": text, "notes": {}, "slots": None, **options}

    def _render(self, tokens: Sequence[Token], env: Env) -> str:
        env["slots"] = None
        if not contains_html(tokens):
            return str(self.render(tokens, _OPTIONS, env))
        env["slots"] = slots = Slots(tokens)
        return slots.fill(sanitise(str(self.render(tokens, _OPTIONS, env))))

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
        lines = [self.line_of_code(line) for line in highlight(code.rstrip("\n"), language)]
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
        return opened.replace("<p", "<p" + _direction(tokens[idx + 1]), 1)

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

    # Links, citations, footnotes

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        href = str(tokens[idx].attrs.get("href", ""))
        question: Question | None = env["question"]
        address: str | None = href
        if question and linked_file(href, question):
            target = self._linked_question(tokens[idx], env)
            address = self.question_address(target) if target else None
        if address is None:
            return '<span class="no-link">'
        return f'<a href="{escape(address)}">'

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        depth = 0
        for token in reversed(tokens[:idx]):
            depth += token.type == "link_close"
            if token.type == "link_open" and not depth:
                return self._close_link(token, env)
            depth -= token.type == "link_open"
        return "</a>"

    def _close_link(self, opening: Token, env: Env) -> str:
        question = self._linked_question(opening, env)
        if question and self.question_address(question) is None:
            return "</span>" + self.link_remark(question)
        opened = self.link_open([opening], 0, None, env)
        return "</span>" if opened.startswith("<span") else "</a>"

    def _linked_question(self, opening: Token, env: Env) -> Question | None:
        source: Question | None = env["question"]
        path = linked_file(str(opening.attrs.get("href", "")), source) if source else None
        return self.collection.by_path.get(path) if path else None

    def citation(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        question: Question | None = env["question"]
        if question is None:
            return escape(tokens[idx].content)
        numbers = {key: i for i, key in enumerate(cited_keys(question), 1)}
        links = [self._citation(question, numbers[key]) for key in tokens[idx].meta["keys"]]
        return f'<span class="citation">[{", ".join(links)}]</span>'

    def _citation(self, question: Question, number: int) -> str:
        address = self.reference_address(question, number)
        return f'<a href="{address}">{number}</a>' if address else str(number)

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        if env.get("running"):
            note = env["text"].footnotes.get(tokens[idx].meta["label"], ())
            words = (t.children or [] for t in note if t.type == "inline")
            return "".join(f" ({self.renderInline(w, _OPTIONS, env)})" for w in words)
        number = env["notes"].setdefault(tokens[idx].meta["label"], len(env["notes"]) + 1)
        anchor = _note_anchor(env, number)
        return (
            f'<sup class="footnote-ref"><a id="{anchor}-ref" href="#{anchor}" '
            f'role="doc-noteref">{number}</a></sup>'
        )

    def _footnotes(self, text: Text, env: Env) -> str:
        items = []
        for label, number in env["notes"].items():
            body = self._render(text.footnotes.get(label, ()), env)
            items.append(
                f'<aside class="footnote" id="{_note_anchor(env, number)}" role="doc-footnote">'
                f'<span class="footnote-number">{number}.</span> {body}</aside>\n'
            )
        return "".join(items)

    # Structure

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return f"<{self._heading(tokens[idx])}{_direction(tokens[idx + 1])}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return f"</{self._heading(tokens[idx])}>\n"

    def _heading(self, token: Token) -> str:
        return f"h{min(max(int(token.tag[1]), 3) + self.heading_offset, 6)}"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return f'<div class="table{_crowded(tokens[idx:])}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return "</table></div>\n"

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        opened = str(self.renderToken(tokens, idx, options, env))
        if tokens[idx + 1].hidden:
            opened = opened.replace("<li", "<li" + _direction(tokens[idx + 2]), 1)
        if "checked" not in tokens[idx].meta:
            return opened
        done = tokens[idx].meta["checked"]
        mark, label = ("☑", "done") if done else ("☐", "to do")
        return f'{opened}<span class="task" role="img" aria-label="{label}">{mark}</span> '

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return tokens[idx].content

    html_block = html_inline

    def blank_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        empty = tokens[idx + 1].type == "blank_close"
        return '<span class="blank">[' + ("…" if empty else "")

    def blank_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return "]</span>"

    # Cloze deletions outside a cloze card are the characters that were written.

    def cloze_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return escape(tokens[idx].content)

    cloze_hint = cloze_open
    cloze_close = cloze_open


def style_of_size(attributes: Mapping[str, str]) -> str:
    """The style attribute for a picture's width and height; numbers alone are pixels."""
    lengths = {k: f"{v}px" if v.isdigit() else v for k, v in attributes.items()}
    style = "; ".join(f"{key}: {value}" for key, value in lengths.items())
    return f' style="{escape(style)}"' if style else ""


def question_anchor(question: Question) -> str:
    """The id of a question's element."""
    return f"q-{question.id}"


def reference_anchor(question: Question, number: int) -> str:
    """The id of the element of a question's n-th reference."""
    return f"ref-{question.id}-{number}"


def _note_anchor(env: Env, number: int) -> str:
    owner = env["question"].id if env["question"] else "introduction"
    return f"fn-{owner}-{env['text'].place.line}-{number}"


def _is_figure(tokens: Sequence[Token], idx: int) -> bool:
    """Whether a paragraph holds a picture and nothing else."""
    if idx < 0 or tokens[idx].type != "paragraph_open" or tokens[idx].hidden:
        return False
    children = tokens[idx + 1].children or []
    return len(children) == 1 and children[0].type == "image"


def _direction(inline: Token) -> str:
    """The attribute for text whose first letter is of a script from right to left."""
    for character in inline.content:
        direction = bidirectional(character)
        if direction in ("R", "AL"):
            return ' dir="rtl"'
        if direction == "L":
            return ""
    return ""


def _crowded(tokens: Sequence[Token]) -> str:
    """A class for tables with so many columns that paper wants smaller letters."""
    end = next((i for i, t in enumerate(tokens) if t.type == "tr_close"), 0)
    columns = sum(t.type == "th_open" for t in tokens[:end])
    return " many-columns" if columns > 8 else " some-columns" if columns > 5 else ""
