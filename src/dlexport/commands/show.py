"""`dlexport show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlexport.commands.console import Console
from dlexport.commands.options import common
from dlexport.commands.reporting import reporting
from dlexport.problems import ContentError, Problems, UsageError, did_you_mean

if TYPE_CHECKING:
    from dlexport.model import Collection, Question
    from dlexport.rendering.session import Session

_SECTIONS = ("short_answer", "intuition", "answer", "going_deeper", "spoken_answer")
_LISTS = ("mistakes", "follow_ups")


@click.command("show")
@click.argument("question", metavar="QUESTION")
@common
@reporting
def show(console: Console, session: Session, content: Path, strict: bool, question: str) -> None:
    """Show a question, by its id or its number: as text, or with --json as a tree.

    The tree's form is described in docs/api.md and may change until version 1.0.
    """
    from dlexport.reading.collection import read_collection

    problems = Problems()
    collection = read_collection(content, problems)
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    found = _wanted(collection, question)
    console.json(_data(found))
    console.line(_text(found))


def _wanted(collection: Collection, name: str) -> Question:
    found = [q for q in collection.questions if name in (q.id, str(q.number))]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(q.id for q in found)
        raise UsageError(f"there is more than one question {name}: name one of {ids}")
    hint = did_you_mean(name, collection.by_id)
    raise UsageError(f"there is no question “{name}”" + (f": {hint}" if hint else ""))


def _text(question: Question) -> str:
    """The question's sections as Markdown, cards last."""
    from dlexport.writing import write, write_line

    parts = [f"# {write_line(question.question)}"]
    for name in _SECTIONS:
        text = getattr(question, name)
        parts += [_title(name), write(text).rstrip()] if text else []
    for name in _LISTS:
        pairs = getattr(question, name)
        parts += [_title(name)] if pairs else []
        parts += [f"**{write_line(p.head)}** {write(p.body).strip()}" for p in pairs]
    parts += [_title("cards")] if question.own_cards else []
    for card in question.own_cards:
        front = write_line(card.front) or "…"
        parts.append(f"### {front} {{#{card.id}}}\n\n{write(card.back).rstrip()}")
    return "\n\n".join(parts)


def _title(name: str) -> str:
    return "## " + {"mistakes": "common mistakes"}.get(name, name).replace("_", " ").capitalize()


def _data(question: Question) -> dict[str, Any]:
    """The question's texts as trees, by the names that `Question` gives them."""
    from dlexport.document import to_data

    texts: dict[str, Any] = {"question": to_data(question.question)}
    for name in _SECTIONS:
        text = getattr(question, name)
        texts |= {name: to_data(text)} if text else {}
    for name in _LISTS:
        pairs = getattr(question, name)
        texts[name] = [{"head": to_data(p.head), "body": to_data(p.body)} for p in pairs]
    texts["cards"] = [
        {"id": c.id, "kind": c.kind, "front": to_data(c.front), "back": to_data(c.back)}
        for c in question.own_cards
    ]
    return {"id": question.id, "number": question.number, "deck": question.deck, **texts}
