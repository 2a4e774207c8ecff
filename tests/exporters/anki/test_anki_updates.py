"""Releases reach learners without losing a day of study: Anki's own backend is the judge."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection as Learner
from anki.collection import ImportAnkiPackageOptions
from anki.decks import DeckId
from anki.notes import Note

from clients import anki
from conftest import REPOSITORY, build, load
from dlexport.building.build import counts
from dlexport.building.record import record as put_on_record
from dlexport.exporters.anki import notetypes
from dlexport.problems import ContentError, ReleaseError

NOW = int(time.time())
TIMES = [NOW - 30 * 86_400, NOW + 600, NOW + 1200]  # the learner studies after the first
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 1"/>'

COLLECTION = """title = "Neurons"
slug = "neurons"
version = "1"
[[decks]]
folder = "01-one"
id = "one"
title = "One"
[[decks]]
folder = "02-two"
id = "two"
title = "Two"
"""


def question(title: str, cards: str, tags: str = "alpha") -> str:
    return (
        f"---\nquestion: {title}\ntags: [{tags}]\n---\n\n## Short answer\n\nIn short.\n\n"
        f"## Answer\n\nText.\n\n## Cards\n\n{cards}"
    )


FIRST = {
    "collection.toml": COLLECTION,
    "01-one/001-sum.md": question(
        "What is a sum?",
        "### What is one and one? {#two .core}\n\nTow.\n\n"
        "### What is one and two? {#three}\n\nThree.\n\n"
        "### {#cloze .cloze .core}\n\nThe sum of {{c1::one}} and {{c2::one}} is two.\n\n",
    ),
    "01-one/002-product.md": question(
        "What is a product?",
        "### Six {#six .reversed .core}\n\nTwo times three.\n\n"
        "### Which word adds in Python? {#add .typed}\n\n`sum`\n\nThe built-in.\n\n"
        "### Which picture is it? {#picture}\n\n![A line](p.svg)\n\n",
    ),
    "01-one/p.svg": SVG.format(1),
    "02-two/003-power.md": question(
        "What is a power?",
        "### What is two squared? {#four}\n\nFour.\n\n"
        "### How many is two squared? {#pick .choice}\n\n"
        "- [x] Four: two times two.\n- [ ] Two: that is its root.\n",
    ),
}
CARDS = {
    "sum/two": 1,
    "sum/three": 1,
    "sum/cloze": 2,
    "product/six": 2,
    "product/add": 1,
    "product/picture": 1,
    "power/four": 1,
    "power/pick": 1,
}


class Author:
    """Someone who edits a collection and releases it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder / "content"
        self.out = folder / "build"
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.releases = 0
        self.write(FIRST)

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files; None deletes one."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        """Change a text in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert before in text
        self.write({name: text.replace(before, after)})

    def release(
        self, *, record: bool = True, core: bool = False, previous: Path | None = None
    ) -> Path:
        """Build at the next point in time, keep the package, record it; give its path."""
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIMES[self.releases]))
        collection = load(self.root, previous)
        build(collection, ["anki"], self.out)
        self.releases += 1
        full = self.out / "anki" / "neurons.apkg"
        kept = self.folder / f"release-{self.releases}.apkg"
        kept.write_bytes(full.read_bytes())
        if record:
            put_on_record(collection, kept)
        return self.out / "anki" / "neurons-core.apkg" if core else kept


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    return Author(tmp_path, monkeypatch)


@pytest.fixture
def learner() -> Iterator[Learner]:
    with anki.new_collection() as collection:
        yield collection


def by_id(learner: Learner) -> dict[str, Note]:
    notes = (learner.get_note(n) for n in learner.find_notes(""))
    return {note["Card id"]: note for note in notes}


def study(learner: Learner) -> None:
    """Answer every card, some wrongly, then flag, suspend, tag and edit a few."""
    for deck in learner.decks.all_names_and_ids():
        learner.decks.select(DeckId(deck.id))
        for i in range(40):
            card = learner.sched.getCard()
            if card is None:
                break
            learner.sched.answerCard(card, (1, 3, 4)[i % 3])
    notes = by_id(learner)
    learner.set_user_flag_for_cards(3, [notes["sum/three"].cards()[0].id])
    learner.sched.suspend_cards([notes["power/four"].cards()[0].id])
    own = notes["sum/three"]
    own.tags.append("mine")
    own["Spare 1"] = "my own words"
    learner.update_note(own)


def scheduling(learner: Learner) -> dict[str, list[tuple[Any, ...]]]:
    """All that Anki knows of each note's cards, and the whole review log."""
    assert learner.db
    state: dict[str, list[tuple[Any, ...]]] = {}
    for key, note in by_id(learner).items():
        rows = learner.db.all(
            "SELECT ord, type, queue, due, ivl, factor, reps, lapses, left, flags, id, did "
            "FROM cards WHERE nid = ? ORDER BY ord",
            note.id,
        )
        state[key] = [tuple(row) for row in rows]
    state["review log"] = [tuple(row) for row in learner.db.all("SELECT * FROM revlog ORDER BY id")]
    return state


def started(author: Author, learner: Learner) -> dict[str, list[tuple[Any, ...]]]:
    """Import the first release and study it; give the state."""
    return started_with(learner, author.release())


def started_with(learner: Learner, package: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Import a package of the first release and study it; give the state."""
    log = anki.import_package(learner, package)
    assert len(log.new) == len(CARDS)
    assert {k: len(n.cards()) for k, n in by_id(learner).items()} == CARDS
    assert learner.card_count() == sum(CARDS.values())
    study(learner)
    state = scheduling(learner)
    assert len(state["review log"]) >= 9
    return state


def updated_ids(learner: Learner, log: Any) -> set[str]:
    return {learner.get_note(n.id.nid)["Card id"] for n in log.updated}


def test_cards_are_counted_as_anki_counts_them(author: Author, learner: Learner) -> None:
    """Both directions of a card and each deletion are cards."""
    anki.import_package(learner, author.release())
    said = counts(load(author.root))
    assert said == f"3 questions, {learner.card_count()} cards, 2 decks"


def test_a_typo_touches_one_note(author: Author, learner: Learner) -> None:
    """The text is mended, everything else is as it was, the learner's own words included."""
    before = started(author, learner)
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    log = anki.import_package(learner, author.release())
    assert updated_ids(learner, log) == {"sum/two"}
    assert (len(log.new), len(log.conflicting)) == (0, 0)
    assert by_id(learner)["sum/two"]["Back"] == "<p>Two.</p>\n"
    assert by_id(learner)["sum/three"]["Spare 1"] == "my own words"
    assert "mine" in by_id(learner)["sum/three"].tags
    assert scheduling(learner) == before


def test_every_kind_of_change_at_once(author: Author, learner: Learner) -> None:
    """A new card on top, one removed, one moved, a deck renamed, tags and media changed."""
    before = started(author, learner)
    author.edit(
        "01-one/001-sum.md",
        "### What is one and one?",
        "### What is zero and one? {#one}\n\nOne.\n\n### What is one and one?",
    )
    author.edit("01-one/001-sum.md", "### What is one and two? {#three}\n\nThree.\n\n", "")
    author.edit("02-two/003-power.md", "[alpha]", "[beta]")
    author.edit("collection.toml", 'title = "Two"', 'title = "Second"')
    text = (author.root / "01-one/002-product.md").read_text(encoding="utf-8")
    author.write(
        {
            "tombstones.toml": '"sum/three" = "too easy"\n',
            "01-one/p.svg": SVG.format(2),
            "01-one/002-product.md": None,
            "02-two/002-product.md": text.replace("(p.svg)", "(../01-one/p.svg)"),
        }
    )
    package = author.release()
    log = anki.import_package(learner, package)
    assert {learner.get_note(n.id.nid)["Card id"] for n in log.new} == {"sum/one"}
    # Those of the moved question changed as well: their deck is one of their tags.
    product = {"product/six", "product/add", "product/picture"}
    assert updated_ids(learner, log) == {"power/four", "power/pick", *product}
    after = scheduling(learner)
    assert after.pop("sum/one")
    assert after == before
    notes = by_id(learner)
    assert "neurons::topic::beta" in notes["power/four"].tags
    media = Path(learner.media.dir())
    shown = notes["product/picture"]["Back"].partition('src="')[2].partition('"')[0]
    assert (media / shown).read_text(encoding="utf-8") == SVG.format(2)


def test_looks_change_in_place(
    author: Author, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New CSS, new templates and a renamed field reach old notes; no second note type."""
    before = started(author, learner)
    original = notetypes._model

    def restyled(kind: str, title: str, ids: Any, templates: Any) -> Any:
        model = original(kind, title, ids, templates)
        model.css += "\n.card { letter-spacing: 1px; }"
        model.templates[0]["afmt"] += "<p>new</p>"
        model.fields[-1]["name"] = "Renamed"
        return model

    monkeypatch.setattr(notetypes, "_model", restyled)
    log = anki.import_package(learner, author.release())
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    names = [t.name for t in learner.models.all_names_and_ids() if t.name.startswith("Neurons")]
    assert len(names) == len(notetypes.NOTE_TYPES)
    for note in by_id(learner).values():
        note_type = note.note_type()
        assert note_type
        assert "letter-spacing" in note_type["css"]
        assert "Renamed" in note.keys()  # noqa: SIM118
        assert "<p>new</p>" in note.cards()[0].answer()
    assert scheduling(learner) == before


def test_a_new_address_of_the_site_renews_no_note(author: Author, learner: Learner) -> None:
    """The card templates build it: a question that moves to another deck keeps its page."""
    author.edit("collection.toml", 'version = "1"', 'version = "1"\nsite = "https://one.example"')
    before = started(author, learner)
    moved = (author.root / "01-one/001-sum.md").read_text(encoding="utf-8")
    author.write({"01-one/001-sum.md": None, "02-two/001-sum.md": moved})
    author.edit("collection.toml", "one.example", "two.example/sub")
    log = anki.import_package(learner, author.release())
    assert updated_ids(learner, log) == {"sum/two", "sum/three", "sum/cloze"}  # in another deck
    assert (len(log.new), len(log.conflicting)) == (0, 0)
    notes = by_id(learner)
    assert "https://two.example/sub/q/power.html" in notes["power/four"].cards()[0].answer()
    assert "https://two.example/sub/q/sum.html" in notes["sum/two"].cards()[0].answer()
    assert scheduling(learner) == before


def test_a_changed_schema_is_refused(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """One field more would freeze every learner's notes: the build says so."""
    author.release()
    basic = notetypes.NOTE_TYPES["basic"]
    more = dataclasses.replace(basic, first_fields=(*basic.first_fields, "More"))
    monkeypatch.setitem(notetypes.NOTE_TYPES, "basic", more)
    with pytest.raises(ReleaseError, match="spare field"):
        author.release()


def test_a_learner_who_skips_a_release(author: Author, learner: Learner) -> None:
    """What changed in the release between arrives with the next one."""
    before = started(author, learner)
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    author.release()
    author.edit("02-two/003-power.md", "Four.", "It is four.")
    log = anki.import_package(learner, author.release())
    assert updated_ids(learner, log) == {"sum/two", "power/four"}
    assert scheduling(learner) == before


def test_core_grows_into_full(author: Author, learner: Learner) -> None:
    """The core package's notes are those of the full one; studying them is not lost."""
    log = anki.import_package(learner, author.release(core=True))
    core = {"sum/two", "sum/cloze", "product/six"}
    assert {learner.get_note(n.id.nid)["Card id"] for n in log.new} == core
    for _ in range(10):
        card = learner.sched.getCard()
        if card:
            learner.sched.answerCard(card, 3)
    before = scheduling(learner)
    log = anki.import_package(learner, author.folder / "release-1.apkg")
    assert {learner.get_note(n.id.nid)["Card id"] for n in log.new} == set(CARDS) - core
    after = scheduling(learner)
    assert {key: after[key] for key in before} == before


def test_the_previous_package_serves_as_ledger(author: Author, learner: Learner) -> None:
    """With --previous instead of a ledger, the same notes are touched."""
    first = author.release(record=False)
    anki.import_package(learner, first)
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    log = anki.import_package(learner, author.release(record=False, previous=first))
    assert updated_ids(learner, log) == {"sum/two"}


def test_a_removed_card_cannot_return_unseen(author: Author) -> None:
    """Vanished without a tombstone, or back in spite of one: the check fails."""
    author.release()
    author.edit("02-two/003-power.md", "{#four}", "{#five}")
    with pytest.raises(ContentError) as caught:
        load(author.root)
    assert {p.code for p in caught.value.problems.errors} == {"vanished-id"}
    author.write({"tombstones.toml": '"power/four" = "wrong"\n'})
    author.release()
    author.edit("02-two/003-power.md", "{#five}", "{#four}")
    with pytest.raises(ContentError) as caught:
        load(author.root)
    assert {p.code for p in caught.value.problems.errors} == {"reused-id", "vanished-id"}


def test_times_that_would_keep_changes_away(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after the last release, or in the future: refused, with the reason."""
    author.release()
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    monkeypatch.setitem(globals(), "TIMES", [0, TIMES[0], NOW + 10 * 86_400])
    with pytest.raises(ReleaseError, match="is not after the last one's"):
        author.release()
    author.releases = 2
    with pytest.raises(ReleaseError, match="in the future"):
        author.release()


def test_an_unchanged_release_changes_nothing(author: Author, learner: Learner) -> None:
    """Built again at a later time, the package updates no note."""
    before = started(author, learner)
    log = anki.import_package(learner, author.release())
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert scheduling(learner) == before


# What learners are told, in docs/anki.md and in the release notes


def told() -> list[str]:
    """The documents for learners, on one line each."""
    names = ("docs/anki.md", "templates/release/notes.md")
    return [" ".join((REPOSITORY / name).read_text(encoding="utf-8").split()) for name in names]


def test_a_field_of_ones_own(author: Author, learner: Learner) -> None:
    """It stops updates; merging brings them and empties the field; an own note type does not."""
    started(author, learner)
    model = by_id(learner)["sum/two"].note_type()
    assert model
    learner.models.add_field(model, learner.models.new_field("Mine"))
    learner.models.update_dict(model)
    note = by_id(learner)["sum/two"]
    note["Mine"] = "my own words"
    learner.update_note(note)
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    author.edit(
        "01-one/001-sum.md",
        "### What is one and two?",
        "### What is zero and one? {#new}\n\nOne.\n\n### What is one and two?",
    )
    package = author.release()
    log = anki.import_package(learner, package)
    assert "What is one and one?" in {row.fields[0] for row in log.conflicting}
    assert "Tow." in by_id(learner)["sum/two"]["Back"]
    names = {t.name for t in learner.models.all_names_and_ids()}
    assert "Neurons: Question and answer+" in names
    author.edit("01-one/001-sum.md", "Two.", "It is two.")
    log = anki.import_package(
        learner, author.release(), ImportAnkiPackageOptions(merge_notetypes=True)
    )
    note = by_id(learner)["sum/two"]
    assert "It is two." in note["Back"]
    assert note["Mine"] == ""
    for text in told():
        assert "Keep remarks of your own in a note type or deck of your own." in text
        assert "to one of our note types stops all updates of its notes" in text
        assert '"Merge note types"' in text


def test_a_deleted_note_comes_back(author: Author, learner: Learner) -> None:
    """With the next import, and anew; a suspended one stays suspended."""
    started(author, learner)
    learner.remove_notes([by_id(learner)["sum/three"].id])
    author.edit("02-two/003-power.md", "Four.", "It is four.")
    log = anki.import_package(learner, author.release())
    assert {learner.get_note(row.id.nid)["Card id"] for row in log.new} == {"sum/three"}
    assert by_id(learner)["sum/three"].cards()[0].ivl == 0
    assert by_id(learner)["power/four"].cards()[0].queue == -1
    for text in told():
        assert "Suspend a card that you do not want" in text
        assert "A note that you delete comes back with the next release." in text


def test_an_empty_card_is_found(author: Author, learner: Learner) -> None:
    """Anki keeps the card of a deletion that is gone, and lists it by the name that we give."""
    started(author, learner)
    author.edit("01-one/001-sum.md", "{{c2::one}}", "one")
    anki.import_package(learner, author.release())
    note = by_id(learner)["sum/cloze"]
    assert len(note.cards()) == 2
    (found,) = learner.get_empty_cards().notes
    assert list(found.card_ids) == [note.cards()[1].id]
    menu = learner.tr.qt_accel_tools().replace("&", "")
    assert all(f"{menu} > {learner.tr.actions_empty_cards()}" in text for text in told())


# Packages as Anki exports them, in place of the ledger


@pytest.mark.parametrize("legacy", [True, False])
def test_an_export_serves_as_ledger(author: Author, learner: Learner, legacy: bool) -> None:
    """Other decks and copies in it do not count; what its owner tagged or edited is new."""
    first = author.release(record=False)
    export = author.folder / "export.apkg"
    with anki.new_collection() as own:
        anki.import_package(own, first)
        notes = by_id(own)
        own.tags.bulk_add([notes["product/six"].id], "marked")
        copy = own.new_note(notes["sum/two"].note_type() or {})
        copy.fields = [*notes["sum/two"].fields]
        copy["Back"] = "a copy"
        own.add_note(copy, DeckId(1))
        other = own.new_note(own.models.by_name("Basic") or {})
        other["Front"] = "something else"
        own.add_note(other, DeckId(1))
        edited = notes["power/four"]
        edited["Back"] = "mine"
        own.update_note(edited)
        anki.export_package(own, export, legacy=legacy)
    before = started_with(learner, first)
    author.edit("01-one/001-sum.md", "Tow.", "Two.")
    log = anki.import_package(learner, author.release(record=False, previous=export))
    assert updated_ids(learner, log) == {"sum/two", "power/four", "product/six"}
    assert scheduling(learner) == before
