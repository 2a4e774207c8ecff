"""Links between questions, citations and footnotes."""

from __future__ import annotations

from abc import abstractmethod

from dlexport.document import Citation, FootnoteReference, Link, lines
from dlexport.model import Question
from dlexport.problems import Problem
from dlexport.reading.links import (
    cited_keys,
    element_ids,
    leads_inside,
    linked_file,
    linked_id,
)
from dlexport.rendering.core import Rendering, Scope, escaped
from dlexport.untrusted import link_fault


class LinkRendering(Rendering):
    """Renders what leads elsewhere."""

    @abstractmethod
    def question_address(self, question: Question) -> str | None:
        """Where a link to a question leads; None where the target does not hold it."""

    def reference_address(self, question: Question, number: int) -> str | None:
        """Where a citation leads; None for no link."""
        return f"#{reference_anchor(question, number)}"

    def tag_address(self, tag: str) -> str | None:
        """Where the questions with a tag are listed; None where the target has no such list."""
        return None

    def link_remark(self, question: Question) -> str:
        """What follows a link to a question that has no address in this target."""
        return ""

    def link(self, node: Link, scope: Scope) -> str:
        words = self.all(node.children, scope)
        question = scope.question
        if link_fault(node.target):
            return f'<span class="no-link">{words}</span>'
        if question is None or not leads_inside(node.target, question):
            return f'<a href="{self.attribute(node.target, scope)}">{words}</a>'
        target = self._linked_question(node, question)
        if target is None:
            message = f"“{node.target}” is not in this selection: no link"
            self.left_out[Problem(node.place, "left-out-link", message)] = None
            return f'<span class="no-link">{words}</span>'
        address = self._address(target, linked_id(node.target))
        if address is None:
            remark = self.link_remark(target) if target is not question else ""
            return f'<span class="no-link">{words}</span>{remark}'
        return f'<a href="{escaped(address)}">{words}</a>'

    def _address(self, target: Question, wanted: str) -> str | None:
        """Where a link leads that names an id in a question's file, else to its beginning."""
        address = self.question_address(target)
        anchor = self.heading_anchor(target, wanted) if wanted in target.heading_ids else None
        if anchor is None and wanted in element_ids(target):
            anchor = wanted
        return f"{address.partition('#')[0]}#{anchor}" if address and anchor else address

    def _linked_question(self, node: Link, source: Question) -> Question | None:
        if node.target.startswith("#"):
            return source
        path = linked_file(node.target, source)
        return self.collection.by_path.get(path) if path else None

    def citation(self, node: Citation, scope: Scope) -> str:
        question = scope.question
        if question is None:
            return escaped(f"[@{'; @'.join(node.keys)}]")
        numbers = {key: i for i, key in enumerate(cited_keys(question), 1)}
        links = [self.render_citation(question, numbers[key]) for key in node.keys]
        return f'<span class="citation">[{", ".join(links)}]</span>'

    def render_citation(self, question: Question, number: int) -> str:
        """The number of a reference, as a link where the target has one."""
        address = self.reference_address(question, number)
        return f'<a href="{address}">{number}</a>' if address else str(number)

    def footnote_reference(self, node: FootnoteReference, scope: Scope) -> str:
        if scope.running:
            return self._note_in_brackets(node, scope)
        is_first = node.label not in scope.notes
        number = scope.notes.setdefault(node.label, len(scope.notes) + 1)
        anchor = _note_anchor(scope, number)
        name = f'id="{anchor}-ref" ' if is_first else ""
        link = f'<a {name}href="#{anchor}" role="doc-noteref">{number}</a>'
        return f'<sup class="footnote-ref">{link}</sup>'

    def _note_in_brackets(self, node: FootnoteReference, scope: Scope) -> str:
        """A note as part of a line; one that leads back to itself does not begin again."""
        if node.label in scope.notes:
            return ""
        scope.notes[node.label] = 0
        words = lines(scope.text.footnote(node.label))
        shown = "".join(f" ({self.all(w.children, scope)})" for w in words)
        del scope.notes[node.label]
        return shown

    def footnotes(self, scope: Scope) -> str:
        """The notes that the text has referred to, and those that these refer to."""
        items: list[str] = []
        while len(items) < len(scope.notes):
            label, number = list(scope.notes.items())[len(items)]
            body = self.render(scope.text.footnote(label), scope)
            items.append(
                f'<aside class="footnote" id="{_note_anchor(scope, number)}" role="doc-footnote">'
                f'<span class="footnote-number">{number}.</span> {body}</aside>\n'
            )
        return "".join(items)


def reference_anchor(question: Question, number: int) -> str:
    """The id of the element of a question's n-th reference."""
    return f"ref-{question.id}-{number}"


def _note_anchor(scope: Scope, number: int) -> str:
    owner = scope.question.id if scope.question else "introduction"
    return f"fn-{owner}-{scope.text.place.line}-{number}"
