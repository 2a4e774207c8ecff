"""Card templates of one's own: what Anki's backend refuses is refused before a package is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.errors import CardTypeError
from click.testing import CliRunner

from clients import anki
from conftest import Make
from dlexport.commands.cli import cli
from dlexport.exporters.anki.cardtemplates import faults
from dlexport.exporters.anki.notetypes import NOTE_TYPES, NoteType

BASIC, CLOZE = NOTE_TYPES["basic"], NOTE_TYPES["cloze"]
# Fronts and backs; the third is whether Anki takes them.
SIDES = [
    (BASIC, "{{Front}}", "{{FrontSide}}{{Back}}", True),
    (BASIC, "{{ Front }}{{text:Front}}{{hint:text:Front}}", "", True),
    (BASIC, "{{type:Front}}{{nosuchfilter:Front}}", "{{type:Front}}", True),
    (BASIC, "{{#Front}}{{^Back}}x{{/Back}}{{/Front}}", "x", True),
    (BASIC, "{{# Front }}x{{/ Front }}{{#c1}}x{{/c1}}{{#Tags}}x{{/Tags}}", "x", True),
    (BASIC, "{{Tags}}{{Type}}{{Deck}}{{Subdeck}}{{CardFlag}}{{Card}}{{CardID}}", "x", True),
    (BASIC, "<!-- {{Nothing}} -->{{{Front}}}{{}}", "x", True),
    (BASIC, "{{Frnt}}", "x", False),
    (BASIC, "{{front}}", "x", False),
    (BASIC, "{{text: Front}}", "x", False),
    (BASIC, "{{Front}}{{! a note }}", "x", False),
    (BASIC, "{{Front}}{{#Nothing}}{{/Nothing}}", "x", False),
    (BASIC, "{{Front}}", "{{Bck}}", False),
    (BASIC, "a front", "{{Back}}", False),
    (BASIC, "<!-- {{Front}} -->", "x", False),
    (BASIC, "{{Front", "x", False),
    (BASIC, "{{#Front}}{{Front}}", "x", False),
    (BASIC, "{{Front}}{{/Front}}", "x", False),
    (BASIC, "{{#Front}}{{#Back}}{{Front}}{{/Front}}{{/Back}}", "x", False),
    (BASIC, "{{Front}}", "{{#Back}}x{{/Front}}", False),
    (CLOZE, "{{#c1}}{{cloze:Text}}{{/c1}}", "{{type:cloze:Text}}", True),
    (CLOZE, "{{Text}}", "{{cloze:Text}}", False),
    (CLOZE, "{{cloze:Text}}", "{{Text}}", False),
    (CLOZE, "{{cloze-only:Text}}", "{{cloze:Text}}", False),
    (CLOZE, "{{cloze:Text}}{{#c1}}", "{{cloze:Text}}", False),
]


@pytest.fixture(scope="module")
def learner() -> Iterator[Collection]:
    """A collection of Anki's that may get note types."""
    with anki.new_collection() as found:
        yield found


def is_taken(learner: Collection, note_type: NoteType, front: str, back: str) -> bool:
    """Whether Anki takes a note type with such a card."""
    model = learner.models.new("tried")
    model["type"] = int(note_type.is_cloze)
    for name in note_type.fields:
        learner.models.add_field(model, learner.models.new_field(name))
    template = learner.models.new_template("Card")
    template |= {"qfmt": front, "afmt": back}
    learner.models.add_template(model, template)
    try:
        learner.models.add_dict(model)
    except CardTypeError:
        return False
    return True


@pytest.mark.parametrize(("note_type", "front", "back", "taken"), SIDES)
def test_ankis_own_verdict(
    note_type: NoteType, front: str, back: str, taken: bool, learner: Collection
) -> None:
    """Anki's backend says the same."""
    found = [*faults(front, note_type, is_front=True), *faults(back, note_type, is_front=False)]
    assert is_taken(learner, note_type, front, back) == taken
    assert (not found) == taken


def test_marks_without_an_end() -> None:
    """Anki shows them as they are; nobody means that."""
    (fault,) = faults("{{Front}} {{Back", BASIC, is_front=True)
    assert fault.message == "“{{” has no end"


def built(make: Make, tmp_path: Path, files: dict[str, str]) -> tuple[int, str]:
    """The package with templates of one's own: the exit status and what was said."""
    for name, text in files.items():
        path = tmp_path / "mine" / "anki" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    root = make({"q.md": "# What?\n\nThat.\n"})
    words = ["anki", "--content", str(root), "--out", str(tmp_path / "out"), "--templates"]
    done = CliRunner().invoke(cli, [*words, str(tmp_path / "mine")])
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"basic/card-back.html": "{{FrontSide}}\n<p>{{Bakc}}</p>\n"},
            ("basic/card-back.html:2:4 bad-template the note type has no field “Bakc”", "“Back”?"),
        ),
        (
            {"basic/card-front.html": "<p>\n{{#Front}}{{Front}}\n"},
            ("basic/card-front.html:2:1 bad-template the section “Front” has no end",),
        ),
        (
            {"basic/card-front.html": "<p>What?</p>\n"},
            ("basic/card-front.html:1:1 bad-template the front shows no field",),
        ),
        (
            {"macros.html": "[% macro cue() %]\n{{Topik}}\n[% endmacro %]\n"
             '[% from "!anki/macros.html" import context as ours %]\n'
             "[% macro context() %][[ ours() ]][% endmacro %]\n"},
            ("anki/macros.html:2:1 bad-template the note type has no field “Topik”", "“Topic”?"),
        ),
        (
            {"cloze/card-back.html": "{{Text}}\n"},
            ("cloze/card-back.html:1:1 bad-template a side of a cloze card", "{{cloze:Text}}"),
        ),
    ],
)  # fmt: skip
def test_the_place_is_a_users(
    files: dict[str, str], said: tuple[str, ...], make: Make, tmp_path: Path
) -> None:
    """The template, line and column, and what was meant; no package is made."""
    status, found = built(make, tmp_path, files)
    assert status == 1
    assert all(part in found for part in said), found
    assert not (tmp_path / "out" / "anki").exists()


def test_one_block_of_a_card(make: Make, tmp_path: Path) -> None:
    """What is sound is taken, ours with a line of one's own too."""
    files = {
        "basic/card-back.html": '[% include "!anki/basic/card-back.html" %]\n<p>{{Tags}}</p>\n'
    }
    assert built(make, tmp_path, files)[0] == 0
