"""Anki's own backend reads the package."""

from __future__ import annotations

import zipfile
from pathlib import Path

from clients import anki
from conftest import Make, build, load
from dlexport.model import Collection
from dlexport.reading.cards import cloze_numbers
from dlexport.rendering.session import Session


def test_every_note_has_its_cards(built: Path, collection: Collection) -> None:
    """Nothing is lost on the way: one note a card of ours, one Anki card a deletion."""
    package = next((built / "anki").glob("*.apkg"))
    expected = {
        f"{q.id}/{c.id}": len(cloze_numbers(c)) if c.kind == "cloze" else 1
        for q, c in collection.cards
    }
    with anki.new_collection() as learner:
        log = anki.import_package(learner, package)
        assert len(log.new) == len(expected)
        notes = [learner.get_note(note) for note in learner.find_notes("")]
        assert {note["Card id"]: len(note.cards()) for note in notes} == expected
        decks = {deck.name for deck in learner.decks.all_names_and_ids()} - {"Default"}
        title = collection.metadata.title
        numbered = (f"{number:02} {deck.title}" for number, deck in enumerate(collection.decks, 1))
        assert decks == {title, *(f"{title}::{name}" for name in numbered)}
        assert learner.media.check().missing == []


def test_a_second_import_changes_nothing(built: Path) -> None:
    """The same package again finds every note as it is."""
    package = next((built / "anki").glob("*.apkg"))
    with anki.new_collection() as learner:
        first = anki.import_package(learner, package)
        again = anki.import_package(learner, package)
        assert (len(again.new), len(again.updated)) == (0, 0)
        assert len(again.duplicate) == len(first.new)


def field(make: Make, tmp_path: Path, back: str, *, cloze: bool = False) -> str:
    """The field of a card's text, after Anki's import."""
    heading = "### {#a .cloze}" if cloze else "### What? {#a}"
    body = f"## Answer\n\nText.\n\n## Cards\n\n{heading}\n\n{back}\n"
    root = make({"q.md": f"---\nquestion: Why?\n---\n\n{body}"})
    build(load(root), ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, next((tmp_path / "anki").glob("*.apkg")))
        (note,) = (learner.get_note(n) for n in learner.find_notes(""))
        assert len(note.cards()) == 1
        return str(note.cards()[0].answer() if cloze else note["Back"])


def test_anki_acts_upon_nothing_in_prose(make: Make, tmp_path: Path) -> None:
    """What looks like Anki's own syntax stays the text that was written."""
    text = field(
        make, tmp_path, r"A \\( and [sound:x.mp3], [latex]y[/latex], {{Front}}, `[$]z[/$]`."
    )
    assert "[sound:" not in text
    assert "[latex]" not in text
    assert "[$]" not in text
    assert r"\(" not in text
    assert "{{Front}}" in text


def test_formulas_and_code_inside_a_deletion(make: Make, tmp_path: Path) -> None:
    """Braces and double colons of formulas and code do not end a deletion."""
    text = field(
        make, tmp_path, r"So {{c1::$\frac{a}{{b}}$ and `std::x }}`::a hint}} it is.", cloze=True
    )
    assert r"\(\frac" in text
    assert "it is." in text
    assert "a hint" not in text
    assert text.count('class="cloze"') == 1


def test_package_is_small_and_reproducible(
    built: Path, collection: Collection, tmp_path: Path
) -> None:
    """The same bytes again, deflated, with nothing of the moment in it."""
    package = next((built / "anki").glob("*.apkg"))
    build(collection, ["anki"], tmp_path, in_session=Session())
    assert (tmp_path / "anki" / package.name).read_bytes() == package.read_bytes()
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_a_typed_answer_is_not_shown_twice(make: Make, tmp_path: Path) -> None:
    """The first paragraph is what is typed, the rest is shown with it."""
    cards = "### Which function adds? {#a .typed}\n\n`sum`\n\nIt is built in.\n"
    body = f"## Answer\n\nText.\n\n## Cards\n\n{cards}"
    root = make({"q.md": f"---\nquestion: Why?\n---\n\n{body}"})
    build(load(root), ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, tmp_path / "anki" / f"{load(root).metadata.slug}.apkg")
        (note,) = (learner.get_note(n) for n in learner.find_notes(""))
        assert (note["Answer"], note["Back extra"]) == ("sum", "<p>It is built in.</p>\n")
