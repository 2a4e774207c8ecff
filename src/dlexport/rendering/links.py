"""Links between questions, citations and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from dlexport.document import Text
from dlexport.model import Question
from dlexport.reading.links import (
    cited_keys,
    element_ids,
    leads_inside,
    linked_file,
    linked_id,
)
from dlexport.rendering.core import OPTIONS, Env, Rendering


class LinkRendering(Rendering):
    """Renders what leads elsewhere."""

    def question_address(self, question: Question) -> str | None:
        """Where a link to a question leads; None where the target does not hold it."""
        raise NotImplementedError

    def reference_address(self, question: Question, number: int) -> str | None:
        """Where a citation leads; None for no link."""
        return f"#{reference_anchor(question, number)}"

    def link_remark(self, question: Question) -> str:
        """What follows a link to a question that has no address in this target."""
        return ""

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        href = str(tokens[idx].attrs.get("href", ""))
        question: Question | None = env["question"]
        address: str | None = href
        if question and leads_inside(href, question):
            target = self._linked_question(tokens[idx], env)
            address = self._address(target, linked_id(href)) if target else None
            if target is None:
                place = tokens[idx].meta.get("place", question.place)
                self.left_out[f"{place}: “{href}” is not in this selection: no link"] = None
        if address is None:
            return '<span class="no-link">'
        return f'<a href="{escape(address)}">'

    def _address(self, target: Question, wanted: str) -> str | None:
        """Where a link leads that names an id in a question's file, else to its beginning."""
        address = self.question_address(target)
        anchor = self.heading_anchor(target, wanted) if wanted in target.heading_ids else None
        if anchor is None and wanted in element_ids(target):
            anchor = wanted
        return f"{address.partition('#')[0]}#{anchor}" if address and anchor else address

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
            remark = self.link_remark(question) if question is not env["question"] else ""
            return "</span>" + remark
        opened = self.link_open([opening], 0, None, env)
        return "</span>" if opened.startswith("<span") else "</a>"

    def _linked_question(self, opening: Token, env: Env) -> Question | None:
        source: Question | None = env["question"]
        href = str(opening.attrs.get("href", ""))
        if source and href.startswith("#"):
            return source
        path = linked_file(href, source) if source else None
        return self.collection.by_path.get(path) if path else None

    def citation(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        question: Question | None = env["question"]
        if question is None:
            return escape(tokens[idx].content)
        numbers = {key: i for i, key in enumerate(cited_keys(question), 1)}
        links = [self.render_citation(question, numbers[key]) for key in tokens[idx].meta["keys"]]
        return f'<span class="citation">[{", ".join(links)}]</span>'

    def render_citation(self, question: Question, number: int) -> str:
        """The number of a reference, as a link where the target has one."""
        address = self.reference_address(question, number)
        return f'<a href="{address}">{number}</a>' if address else str(number)

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        if env.get("running"):
            note = env["text"].footnotes.get(tokens[idx].meta["label"], ())
            words = (t.children or [] for t in note if t.type == "inline")
            return "".join(f" ({self.renderInline(w, OPTIONS, env)})" for w in words)
        number = env["notes"].setdefault(tokens[idx].meta["label"], len(env["notes"]) + 1)
        anchor = _note_anchor(env, number)
        return (
            f'<sup class="footnote-ref"><a id="{anchor}-ref" href="#{anchor}" '
            f'role="doc-noteref">{number}</a></sup>'
        )

    def footnotes(self, text: Text, env: Env) -> str:
        items = []
        for label, number in env["notes"].items():
            body = self.render_tokens(text.footnotes.get(label, ()), env)
            items.append(
                f'<aside class="footnote" id="{_note_anchor(env, number)}" role="doc-footnote">'
                f'<span class="footnote-number">{number}.</span> {body}</aside>\n'
            )
        return "".join(items)


def reference_anchor(question: Question, number: int) -> str:
    """The id of the element of a question's n-th reference."""
    return f"ref-{question.id}-{number}"


def _note_anchor(env: Env, number: int) -> str:
    owner = env["question"].id if env["question"] else "introduction"
    return f"fn-{owner}-{env['text'].place.line}-{number}"
