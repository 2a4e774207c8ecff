"""A text reduced to what a reader gets from it, so that only real changes count.

How lines are wrapped, which of two spellings of Markdown was used, whether there is
room between the items of a list, in which file a picture or a question lies and how
macros of formulas are called makes no difference. The result depends on the text alone,
never on a template or on how an output is rendered: a new version of dlexport finds the
same.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from dlexport.document import (
    Attributed,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    CodeBlock,
    DefinitionList,
    DefinitionTerm,
    Figure,
    FootnoteReference,
    FormulaBlock,
    Heading,
    HtmlBlock,
    Node,
    OrderedList,
    Paragraph,
    Plain,
    Table,
    Text,
    ThematicBreak,
)
from dlexport.release.wording import COMMENT, Reading, Wording


def digest(parts: Iterable[str]) -> str:
    """A short hash; empty where there is nothing to hash."""
    text = "\n".join(parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


class CanonicalForm(Wording):
    """What the texts of one question say: a line for each block, and for what it holds."""

    def of(self, text: Text | None, *, without: tuple[type[Node], ...] = ()) -> list[str]:
        """The lines of a text, those of its footnotes last, without nodes of some kinds."""
        if not text:
            return []
        labels = dict.fromkeys(node.label for node in text.every(FootnoteReference))
        reading = Reading({label: i for i, label in enumerate(labels, 1)}, without)
        found = [self.blocks(text.blocks, reading)]
        for label, number in reading.notes.items():
            found += [f"note {number}", self.blocks(text.footnote(label), reading)]
        return [line for line in found if line]

    def only(self, text: Text, *kinds: type[Block]) -> list[str]:
        """The lines of the text's blocks of some kinds alone."""
        return [self.one(block, Reading()) for block in text.every(*kinds)]

    def blocks(self, blocks: Iterable[Block], scope: Reading) -> str:
        """Blocks, one below the other."""
        kept = [b for b in blocks if not isinstance(b, scope.without)]
        return _lines(self.one(block, scope) for block in kept)

    def paragraph(self, node: Paragraph, scope: Reading) -> str:
        return self._words(node, scope)

    def plain(self, node: Plain, scope: Reading) -> str:
        return self._words(node, scope)

    def _words(self, node: Paragraph | Plain, scope: Reading) -> str:
        words = self.words(node.children, scope)
        return _lines([_seen(node), words]) if words else ""

    def heading(self, node: Heading, scope: Reading) -> str:
        return f"h{node.level} {_seen(node)} {self.words(node.children, scope)}"

    def block_quote(self, node: BlockQuote, scope: Reading) -> str:
        return self._around("quote", node, self.blocks(node.children, scope))

    def callout(self, node: Callout, scope: Reading) -> str:
        return self._around(node.kind, node, self.blocks(node.children, scope))

    def bullet_list(self, node: BulletList, scope: Reading) -> str:
        return self._list("bullets", node, scope)

    def ordered_list(self, node: OrderedList, scope: Reading) -> str:
        return self._list(f"numbers from {node.start}", node, scope)

    def _list(self, name: str, node: BulletList | OrderedList, scope: Reading) -> str:
        items = [
            self._around("item" if item.done is None else f"task {item.done}", item, inside)
            for item in node.items
            for inside in [self.blocks(item.children, scope)]
        ]
        return self._around(name, node, _lines(items))

    def definition_list(self, node: DefinitionList, scope: Reading) -> str:
        parts = [
            f"term {self.words(item.children, scope)}"
            if isinstance(item, DefinitionTerm)
            else self._around("means", item, self.blocks(item.children, scope))
            for item in node.items
        ]
        return self._around("definitions", node, _lines(parts))

    def table(self, node: Table, scope: Reading) -> str:
        rows = [
            " | ".join(self.words(cell.children, scope) for cell in row.cells)
            for row in (node.header, *node.rows)
        ]
        return self._around(f"table {' '.join(node.alignments)}", node, _lines(rows))

    def code_block(self, node: CodeBlock, scope: Reading) -> str:
        shown = [word for word in node.flags if word != "run"]
        return f"code {' '.join([node.language, *shown])}\n{node.code.rstrip()}"

    def formula_block(self, node: FormulaBlock, scope: Reading) -> str:
        return self.formula(node)

    def figure(self, node: Figure, scope: Reading) -> str:
        return self.image(node.picture, scope)

    def html_block(self, node: HtmlBlock, scope: Reading) -> str:
        return COMMENT.sub("", node.html).strip()

    def thematic_break(self, node: ThematicBreak, scope: Reading) -> str:
        return "line across"

    def _around(self, name: str, node: Attributed, inside: str) -> str:
        return _lines([f"{name} {_seen(node)}".strip(), inside, "end"])


def _seen(node: Attributed) -> str:
    """What can be seen of a block's attributes; an id cannot."""
    return " ".join(f"{key}={value}" for key, value in sorted(node.attributes) if key != "id")


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
