"""Anki's own backend reads the package."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection as Learner
from anki.scheduler.v3 import Scheduler

from clients import anki
from conftest import Make, build, load
from dlexport.model import Collection
from dlexport.reading.cards import number_in_anki
from dlexport.rendering.session import Session

if TYPE_CHECKING:  # this module of Anki's cannot be imported first
    from anki.cards import Card as AnkiCard


def test_every_note_has_its_cards(built: Path, collection: Collection) -> None:
    """Nothing is lost on the way: one note a card of ours, as many of Anki's as we say."""
    package = next((built / "anki").glob("*.apkg"))
    expected = {f"{q.id}/{card.id}": number_in_anki(card) for q, card in collection.cards}
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


def new_cards(learner: Learner, deck: str, count: int) -> list[AnkiCard]:
    """The first new cards that Anki's scheduler has for a deck and those below it."""
    number = learner.decks.id_for_name(deck)
    assert number is not None
    options = learner.decks.config_dict_for_deck_id(number)
    options["new"]["perDay"] = count
    learner.decks.update_config(options)
    learner.decks.set_current(number)
    assert isinstance(learner.sched, Scheduler)
    queue = learner.sched.get_queued_cards(fetch_limit=count)
    return [learner.get_card(entry.card.id) for entry in queue.cards]


def test_cards_come_in_the_order_of_the_book(built: Path, collection: Collection) -> None:
    """The first 200 that Anki's scheduler gives are the first 200 of the book."""
    package = built / "anki" / f"{collection.metadata.slug}.apkg"
    with anki.new_collection() as learner:
        anki.import_package(learner, package)
        found = new_cards(learner, collection.metadata.title, 200)
        keys = [card.note()["Card id"] for card in found if card.ord == 0]
        book = [f"{q.id}/{card.id}" for q, card in collection.cards]
        assert len(found) == 200
        assert keys == book[: len(keys)]


def test_the_order_does_not_hang_on_names(make: Make, tmp_path: Path) -> None:
    """Eleven decks, numbered by their folders or in the settings, with decks inside of decks."""
    table = '[[decks]]\nfolder = "{}"\nnumber = {}\n'
    settings = table.format("a", 11) + table.format("b", 10)
    names = [f"{number:02}-{chr(123 - number)}" for number in range(1, 10)]
    inside = ("03-x/02-b", "03-x/10-a")
    files = {f"{name}/q.md": f"---\nid: {name.replace('/', '-')}\n---\n\n# What?\n\nThis.\n"
             for name in (*names, *inside, "a", "b")}  # fmt: skip
    collection = load(make({"collection.toml": settings, **files}))
    build(collection, ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, next((tmp_path / "anki").glob("*.apkg")))
        found = new_cards(learner, collection.metadata.title, 200)
        shown = [card.note()["Card id"].partition("/")[0] for card in found]
        assert shown == [*sorted(f.replace("/", "-") for f in (*names, *inside)), "b", "a"]
        assert shown == [q.id for q in collection.questions]


DISARMED = {
    "Raw <b>x::y</b> {{c1::has <i title='p::q}}'>m</i> end}} ok": ["Raw x::y [q] ok"],
    "See {{c1::[std](https://en.example.org/std::vec)}} ok": ["See [q] ok"],
    "See <b>{{x}}</b> and {{c2::`a::b`}} and {{c1::$a_{b_{c}}$}}": [
        r"See {{x}} and a::b and [q]",
        r"See {{x}} and [q] and \(a_{b_{c}}\)",
    ],
    "A ![a {{x::y}}](p.svg) {{c1::one}}": ["A  [q]"],
}


@pytest.mark.parametrize("text", DISARMED)
def test_deletions_are_whole(text: str, make: Make, tmp_path: Path) -> None:
    """Addresses, attributes and raw HTML neither end a deletion nor begin a hint."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    card = f"# Why?\n\n## Answer\n\nA.\n\n## Cards\n\n### {{#a .cloze}}\n\n{text}\n"
    build(load(make({"a.md": card, "p.svg": svg})), ["anki"], tmp_path)
    with anki.new_collection() as learner:
        anki.import_package(learner, next((tmp_path / "anki").glob("*.apkg")))
        (note,) = (learner.get_note(n) for n in learner.find_notes(""))
        shown = [c.question().partition('<div class="front">')[2] for c in note.cards()]
    found = [re.sub(r"\[\.\.\.\]|\[q\]", "[q]", unescape(re.sub("<[^>]*>", "", s))) for s in shown]
    assert [" ".join(s.split(" ")).strip() for s in found] == DISARMED[text]


def test_raw_html_starts_nothing(make: Make, tmp_path: Path) -> None:
    """Neither a sound nor a formula begins in what an author wrote as HTML."""
    text = '<div title="[sound:a.mp3]">See [sound:b.mp3] and \\(x\\) and [latex]y[/latex]</div>'
    found = field(make, tmp_path, text)
    assert "[sound:" not in found
    assert "[latex]" not in found
    assert r"\(" not in found
    assert unescape(re.sub("<[^>]*>", "", found)).strip() == re.sub("<[^>]*>", "", text)
