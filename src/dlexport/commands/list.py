"""`dlexport list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlexport.commands.console import Console
from dlexport.commands.options import common
from dlexport.commands.reporting import reporting
from dlexport.problems import ContentError, Problems, plural

if TYPE_CHECKING:
    from dlexport.model import Collection
    from dlexport.rendering.session import Session


@click.command("list")
@common
@click.option("--stats", is_flag=True, help="Count words, cards, figures, code and references.")
@click.option("--tags", is_flag=True, help="List the tags with the numbers of their questions.")
@reporting
def list_questions(
    console: Console, session: Session, content: Path, strict: bool, stats: bool, tags: bool
) -> None:
    """List the questions with their numbers, ids, difficulties and cards."""
    from dlexport.document import plain
    from dlexport.reading.cards import number_in_anki
    from dlexport.reading.collection import read_collection

    problems = Problems()
    collection = read_collection(content, problems)
    if problems.errors or (strict and len(problems)):
        raise ContentError(problems)
    if stats:
        _show_statistics(console, collection)
        return
    if tags:
        _show_tags(console, collection)
        return
    for deck in collection.decks:
        console.line(click.style(f"{deck.title} ({deck.id})", bold=True))
        rows = [
            (
                str(q.number),
                q.id,
                str(q.difficulty or ""),
                plural(sum(map(number_in_anki, q.cards)), "card"),
                plain(q.question.blocks),
            )
            for q in deck.questions
        ]
        console.table(rows, right=(0, 3))
    console.json([_question_data(q) for q in collection.questions])


def _show_statistics(console: Console, collection: Collection) -> None:
    from dataclasses import asdict, astuple

    from dlexport.check import statistics

    by_deck = {deck.id: statistics.counts(deck) for deck in collection.decks}
    by_deck["all"] = statistics.total(collection)
    rows = [("deck", *statistics.NAMES)]
    rows += [(name, *(f"{n:,}" for n in astuple(found))) for name, found in by_deck.items()]
    console.table(rows, right=range(1, len(rows[0])))
    console.json({name: asdict(found) for name, found in by_deck.items()})


def _show_tags(console: Console, collection: Collection) -> None:
    index = {tag: [q.cited for q in questions] for tag, questions in collection.by_tag.items()}
    rows = [(tag, ", ".join(numbers)) for tag, numbers in index.items()]
    console.table(rows)
    console.json(index)


def _question_data(question: Any) -> dict[str, Any]:
    from dlexport.document import plain
    from dlexport.rendering.reading_time import minutes_to_read, minutes_to_say

    spoken = question.spoken_answer
    return {
        "number": question.number,
        "cited": question.cited,
        "id": question.id,
        "deck": question.deck,
        "title": question.title,
        "question": plain(question.question.blocks),
        "difficulty": question.difficulty and str(question.difficulty),
        "asked": question.asked and str(question.asked),
        "tags": list(question.tags),
        "as_of": question.as_of,
        "requires": list(question.requires),
        "minutes": {
            "answer": minutes_to_read(question.answer),
            "spoken_answer": spoken and minutes_to_say(spoken),
        },
        "file": str(question.place.path),
        "cards": [{"id": c.id, "kind": c.kind, "tier": str(c.tier)} for c in question.cards],
    }
