"""What Anki would refuse in card templates, or show as an error on every card.

As Anki's own parser has it (rslib/src/template.rs): fields with their filters, sections
`{{#Field}}...{{/Field}}` and `{{^Field}}`, comments of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dlexport.exporters.anki.notetypes import NOTE_TYPES, Model, NoteType
from dlexport.problems import ContentError, Place, Problems, did_you_mean
from dlexport.rendering.owntemplates import place_in_templates

# What Anki gives to every card.
_SPECIAL = ("Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "CardID", "FrontSide")
_PART = re.compile(r"<!--.*?-->|\{\{(?!\{)(?P<inside>.*?)\}\}|(?P<open>\{\{(?!\{))", re.S)
_CLOZE_NUMBER = re.compile(r"c\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a side of a card, the mark that it is about, and how to mend it."""

    mark: str
    message: str
    hint: str = ""


def check_models(models: Mapping[str, Model], own: Path | None) -> None:
    """Raise ContentError for cards that cannot be: `own` are the user's templates for them."""
    problems = Problems()
    for kind, model in models.items():
        note_type = NOTE_TYPES[kind]
        for name, made in zip(note_type.templates, model.templates, strict=True):
            for side, key in (("front", "qfmt"), ("back", "afmt")):
                for fault in faults(made[key], note_type, is_front=side == "front"):
                    path = f"anki/{note_type.folder}/{name}-{side}.html"
                    place = place_in_templates(own, fault.mark, path) if own else Place(path)
                    problems.add("bad-template", place, fault.message, fault.hint)
    if problems.errors:
        raise ContentError(problems)


def faults(text: str, note_type: NoteType, *, is_front: bool) -> Iterator[Fault]:
    """What Anki would not take of a side of a card."""
    known = (*note_type.fields, *_SPECIAL)
    sections: list[tuple[str, str]] = []
    shown: set[str] = set()  # fields, and the filters that they go through
    for found in _PART.finditer(text):
        if found["open"]:
            yield Fault("{{", "“{{” has no end", "end it with }}")
        if not (found["inside"] or "").strip():
            continue
        kind, key = _kind(found["inside"])
        if kind == "/":
            yield from _closed(sections, key, found[0])
            continue
        if kind:
            sections.append((key, found[0]))
        *filters, field = [key] if kind else key.split(":")
        if field in known:
            shown.update((*filters, field))
        elif not (kind and _CLOZE_NUMBER.fullmatch(field)):
            hint = did_you_mean(field, known)
            yield Fault(found[0], f"the note type has no field “{field}”", hint)
    for key, mark in sections:
        yield Fault(mark, f"the section “{key}” has no end", f"end it with {{{{/{key}}}}}")
    yield from _too_little(shown, note_type, is_front=is_front)


def _kind(inside: str) -> tuple[str, str]:
    inside = inside.strip()
    kind = inside[:1] if inside[:1] in ("#", "^", "/") else ""
    return kind, inside.removeprefix(kind).strip()


def _closed(sections: list[tuple[str, str]], key: str, mark: str) -> Iterator[Fault]:
    if sections and sections[-1][0] == key:
        sections.pop()
        return
    if not sections:
        yield Fault(mark, f"the section “{key}” ends and has not begun", "take the mark out")
        return
    inner, _ = sections.pop()
    hint = f"end it with {{{{/{inner}}}}} before that"
    yield Fault(mark, f"“{key}” ends while the section “{inner}” is open", hint)


def _too_little(shown: set[str], note_type: NoteType, *, is_front: bool) -> Iterator[Fault]:
    if is_front and not shown:
        yield Fault("", "the front shows no field, so that Anki makes no card", "write {{Front}}")
    elif note_type.is_cloze and "cloze" not in shown:
        hint = f"write {{{{cloze:{note_type.first_fields[0]}}}}}"
        yield Fault("", "a side of a cloze card has no {{cloze:...}}", hint)
