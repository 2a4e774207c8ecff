"""Anki's note types: for each kind of card its fields and its folder of templates.

Anki matches note types, fields and card templates by the numbers given here,
never by their names. A field that has been released keeps its number and its
place for ever; the spare fields are there so that the next need does not
change the number of fields, which would freeze every learner's notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import genanki
from jinja2 import Environment

from dlexport import cards
from dlexport.model import AnkiIds
from dlexport.settings import stable_id


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of card in Anki's terms; `folder` lies in templates/anki/."""

    label: str
    folder: str
    first_fields: tuple[str, str]
    is_cloze: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields, in their fixed order."""
        return (*self.first_fields, *_CONTEXT_FIELDS)


_CONTEXT_FIELDS = (
    "Topic",
    "Question",
    "Short answer",
    "Difficulty",
    "Sources",
    "Link",
    "Card id",
    "Spare 1",
    "Spare 2",
)

NOTE_TYPES: Mapping[str, NoteType] = {
    cards.BASIC: NoteType("Question and answer", "basic", ("Front", "Back")),
    cards.CLOZE: NoteType("Cloze", "cloze", ("Text", "Back extra"), is_cloze=True),
}


def models(title: str, ids: AnkiIds, templates: Environment) -> dict[str, genanki.Model]:
    """genanki's model of every note type, by the kind of card."""
    return {kind: _model(kind, title, ids, templates) for kind in NOTE_TYPES}


def _model(kind: str, title: str, ids: AnkiIds, templates: Environment) -> genanki.Model:
    note_type = NOTE_TYPES[kind]
    number = ids.note_type_ids.get(kind) or stable_id("note type", ids.namespace, kind)
    sides = {
        key: templates.get_template(f"anki/{note_type.folder}/{name}.html").render()
        for key, name in (("qfmt", "front"), ("afmt", "back"))
    }
    return genanki.Model(
        number,
        f"{title}: {note_type.label}",
        fields=[{"name": name, "id": number * 100 + i} for i, name in enumerate(note_type.fields)],
        templates=[{"name": "Card", "id": number * 100 + 50, **sides}],
        css=templates.get_template("anki/style.css").render(),
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
