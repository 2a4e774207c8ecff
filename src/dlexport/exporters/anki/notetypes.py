"""Anki's note types: for each kind of card its fields and its folder of templates.

Anki matches note types, fields and card templates by the numbers given here,
never by their names. A field that has been released keeps its number and its
place for ever; the spare fields are there so that the next need does not
change the number of fields, which would freeze every learner's notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import genanki
from jinja2 import Environment

from dlexport.metadata import AnkiIds
from dlexport.reading import cards
from dlexport.reading.ankiids import stable_id

QUESTION_ID, CARD_ID = "Question id", "Card id"
_CONTEXT_FIELDS = (
    "Topic",
    "Question",
    QUESTION_ID,
    "Short answer",
    "Difficulty",
    "Sources",
    CARD_ID,
    "Spare 1",
    "Spare 2",
)


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of card in Anki's terms.

    `folder` lies in templates/anki/ and holds `<template>-front.html` and
    `<template>-back.html` for each of `templates`.
    """

    label: str
    folder: str
    first_fields: tuple[str, ...]
    templates: tuple[str, ...] = ("card",)
    is_cloze: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields, in their fixed order."""
        return (*self.first_fields, *_CONTEXT_FIELDS)


NOTE_TYPES: Mapping[str, NoteType] = {
    cards.BASIC: NoteType("Question and answer", "basic", ("Front", "Back")),
    cards.CLOZE: NoteType("Cloze", "cloze", ("Text", "Back extra"), is_cloze=True),
    cards.REVERSED: NoteType(
        "Both directions", "reversed", ("Front", "Back"), ("forward", "backward")
    ),
    cards.TYPED: NoteType("Typed answer", "typed", ("Front", "Answer", "Back extra")),
    cards.CHOICE: NoteType("Choice", "choice", ("Front", "Choices", "Answer", "Reasons")),
}


class Model(genanki.Model):  # type: ignore[misc]
    """genanki's model with a time of change of its own."""

    modified: int | None = None

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        """The note type as the package holds it."""
        data: dict[str, Any] = super().to_json(self.modified or timestamp, deck_id)
        return data


def models(title: str, ids: AnkiIds, templates: Environment) -> dict[str, Model]:
    """The model of every note type, by the kind of card."""
    return {kind: _model(kind, title, ids, templates) for kind in NOTE_TYPES}


def type_number(kind: str, ids: AnkiIds) -> int:
    """The number by which Anki knows the note type of a kind of card."""
    return ids.note_type_ids.get(kind) or stable_id("note type", ids.namespace, kind)


def _model(kind: str, title: str, ids: AnkiIds, templates: Environment) -> Model:
    note_type = NOTE_TYPES[kind]
    number = type_number(kind, ids)

    def side(name: str, side: str) -> str:
        return templates.get_template(f"anki/{note_type.folder}/{name}-{side}.html").render()

    return Model(
        number,
        f"{title}: {note_type.label}",
        fields=[{"name": n, "id": number * 100 + i} for i, n in enumerate(note_type.fields)],
        templates=[
            {
                "name": name.capitalize(),
                "id": number * 100 + 50 + i,
                "qfmt": side(name, "front"),
                "afmt": side(name, "back"),
            }
            for i, name in enumerate(note_type.templates)
        ],
        css=templates.get_template("anki/style.css").render(),
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
