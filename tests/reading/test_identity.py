"""Ids, decks and numbers: from names alone, told apart, and kept once they were released."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Make, build, load, session
from dlexport.building.load import load as load_everything
from dlexport.building.record import record
from dlexport.model import Collection
from dlexport.problems import Problem, Problems
from dlexport.reading import ids
from dlexport.reading.collection import read_collection


def read(make: Make, files: Mapping[str, str]) -> tuple[Collection, list[Problem]]:
    """A collection of these files, and what is said of it."""
    problems = Problems()
    collection = read_collection(make(files), problems)
    return collection, list(problems)


def questions(*names: str, number: int = 0) -> dict[str, str]:
    """A question in each file, with a number if there is one."""
    head = f"---\nnumber: {number}\n---\n\n" if number else ""
    return {name: f"{head}# What is in {name}?\n\nA text.\n" for name in names}


@pytest.mark.parametrize(
    ("name", "id"),
    {
        "Dropout": "dropout",
        "Was ist Größe?": "was-ist-größe",
        "nai\u0308ve  Bayes": "naïve-bayes",
        "数学": "数学",
        "हिन्दी": "हिन्दी",
        "ΣΑΣ": "σας",
        "node.js (2)": "node-js-2",
        "2D vision": "2d-vision",
        "C++": "c-f1deb7",
        "C#": "c-040228",
        "x²": "x-f3b5ff",
        "🎉": "q-614629",
        "---": "q-cb3f91",
    }.items(),
)
def test_ids_of_names(name: str, id: str) -> None:
    """Letters and digits of any script; a hash where what tells names apart cannot stay."""
    assert ids.id_of(name, "q") == id
    assert ids.is_id(id)


@pytest.mark.parametrize(
    "text", ["", "A", "a--b", "-a", "a-", "a b", "a_b", "nai\u0308ve", "x²", "Über", "\u0308a"]
)
def test_what_is_no_id(text: str) -> None:
    """Capitals, other spellings of Unicode, signs and empty words."""
    assert not ids.is_id(text)


def test_signs_tell_folders_apart(make: Make) -> None:
    """Three folders are three decks, without a word about it."""
    collection, said = read(make, questions("C/a.md", "C++/b.md", "C#/c.md"))
    assert [(d.id, d.title, len(d.questions)) for d in collection.decks] == [
        ("c", "C", 1),
        ("c-040228", "C#", 1),
        ("c-f1deb7", "C++", 1),
    ]
    assert said == []


def test_ids_do_not_depend_on_other_folders(make: Make) -> None:
    """A folder that is added beside others changes none of their ids, where signs differ."""
    collection, _ = read(make, questions("C++/b.md"))
    assert [deck.id for deck in collection.decks] == ["c-f1deb7"]


def test_nested_folders_are_nested_decks(make: Make) -> None:
    """Each folder on the way has its number and title, be it named in the settings or not."""
    settings = (
        '[[decks]]\nfolder = "02-b"\ntitle = "Bees"\n[[decks]]\nfolder = "02-b/c"\nnumber = 7\n'
    )
    files = questions("01-a/b/c/x.md", "02-b/c/y.md", "02-b/z.md")
    collection, said = read(make, {"collection.toml": settings, **files})
    assert said == []
    assert [(d.id, d.title, [level.name for level in d.levels]) for d in collection.decks] == [
        ("a-b-c", "A: B: C", ["01 A", "B", "C"]),
        ("b", "Bees", ["02 Bees"]),
        ("b-c", "Bees: C", ["02 Bees", "07 C"]),
    ]


def test_numbers_order_folders(make: Make) -> None:
    """Ten comes after two, and a number may be all that a folder is called."""
    collection, _ = read(make, questions("10-x/a.md", "2-y/b.md", "b/c.md", "A/d.md", "3/e.md"))
    names = [deck.levels[0].name for deck in collection.decks]
    assert names == ["02 Y", "03", "10 X", "A", "B"]
    assert sorted(names) == names


def test_numbers_that_repeat(make: Make) -> None:
    """Each deck counts by itself, and outside it the deck's number stands before its own."""
    files = questions("01-a/1-x.md", "01-a/y.md", "02-b/1-z.md", "c/1-w.md", "02-b/d/1-v.md")
    collection, said = read(make, files)
    assert said == []
    found = {q.id: (q.number, q.cited) for q in collection.questions}
    assert found == {
        "x": (1, "1.1"),
        "y": (2, "1.2"),
        "z": (1, "2.1"),
        "v": (1, "b-d.1"),  # it has no number of its own
        "w": (1, "c.1"),
    }


def test_numbers_that_do_not_repeat_stand_alone(make: Make) -> None:
    """Those that have none follow the highest, in the order of decks."""
    files = questions("01-a/x.md", "02-b/7-y.md", "02-b/z.md")
    found = {q.id: (q.number, q.cited) for q in read(make, files)[0].questions}
    assert found == {"y": (7, "7"), "x": (8, "8"), "z": (9, "9")}


def test_files_of_one_name(make: Make) -> None:
    """Both have their folder's name too, with a warning that says what may be lost."""
    collection, said = read(make, questions("01-a/notes.md", "b/notes.md", "b/other.md"))
    assert [q.id for q in collection.questions] == ["a-notes", "b-notes", "other"]
    assert [problem.code for problem in said] == ["shared-name", "shared-name"]
    assert "write `id: notes`, or learners get them anew" in said[0].hint


def test_an_id_that_is_written_is_kept(make: Make) -> None:
    """A file with an id of its own is not told apart from others; they are from it."""
    own = {"a/notes.md": "---\nid: notes\n---\n\n# What?\n\nThis.\n"}
    collection, said = read(make, {**own, **questions("b/notes.md")})
    assert [q.id for q in collection.questions] == ["notes", "b-notes"]
    assert [problem.place.path.rsplit("/", 2)[1:] for problem in said] == [["b", "notes.md"]]


def test_the_last_resort(make: Make) -> None:
    """Folders and names that give one id together, and names that differ in blanks alone."""
    files = questions("a/b-c.md", "x/b-c.md", "a-b/c.md", "y/c.md", "z/d e.md", "z/d_e.md")
    collection, _ = read(make, files)
    assert [q.id for q in collection.questions] == [
        "a-b-c-a4a99a",
        "a-b-c-80192e",
        "x-b-c",
        "y-c",
        "z-d-e-bb02c6",
        "z-d-e-c92c9d",
    ]


RELEASED = {
    "collection.toml": 'title = "Notes"\n[anki]\nnamespace = "n"\n',
    "a/notes.md": "# What is in a?\n\nA text.\n",
}


@pytest.fixture(params=["ledger", "previous"])
def released(request: pytest.FixtureRequest, make: Make, tmp_path: Path) -> Path | None:
    """A release with `a/notes.md` alone, on record, or the package to be named."""
    root = make(RELEASED)
    build(load(root), ["anki"], tmp_path / "first")
    package = tmp_path / "first" / "anki" / "notes.apkg"
    if request.param == "previous":
        return package
    record(load(root), package)
    return None


def test_a_released_id_stays_with_its_file(released: Path | None, make: Make) -> None:
    """A file of the same name in another folder takes nothing from it, nor does its going."""
    root = make({"b/notes.md": "# What is in b?\n\nA text.\n"})
    collection, problems = load_everything(root, session(), released)
    assert {q.path.parent.name: q.id for q in collection.questions} == {
        "a": "notes",
        "b": "b-notes",
    }
    assert [p.code for p in problems] == ["shared-name"]
    assert "whatever files are added" in next(iter(problems)).hint  # nobody's cards begin anew


def test_an_id_with_its_folder_stays_too(make: Make, tmp_path: Path) -> None:
    """When the other file goes, the one that was told apart from it keeps its released id."""
    root = make({**RELEASED, "b/notes.md": "# What is in b?\n\nA text.\n"})
    build(load(root), ["anki"], tmp_path / "first")
    record(load(root), tmp_path / "first" / "anki" / "notes.apkg")
    (root / "a" / "notes.md").unlink()
    make({"tombstones.toml": '"a-notes/question" = "wrong"\n'})
    collection, problems = load_everything(root, session())
    assert [q.id for q in collection.questions] == ["b-notes"]
    assert not list(problems)


def test_nobody_knows_which_file_it_was(make: Make, tmp_path: Path) -> None:
    """A released file that moves while another of its name comes: the warning says what to do."""
    root = make(RELEASED)
    build(load(root), ["anki"], tmp_path / "first")
    record(load(root), tmp_path / "first" / "anki" / "notes.apkg")
    (root / "a").rename(root / "c")
    make({"b/notes.md": "# What is in b?\n\nA text.\n"})
    _, problems = load_everything(root, session())
    assert problems.errors
    hints = [p.hint for p in problems if p.code == "shared-name"]
    assert len(hints) == 2
    assert all("published as “notes”, write `id: notes`" in hint for hint in hints)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [(b"caf\xe9.md", "not-utf8", "caf\\udce9.md"), (b"a\nb.md", "control-character", "a\\nb.md")],
)
def test_names_that_no_output_can_show(name: bytes, code: str, shown: str, make: Make) -> None:
    """They are named so that a terminal can show them, and what else is there is read."""
    root = make(questions("b.md"))
    Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text("# What?\n", encoding="utf-8")
    problems = Problems()
    assert [q.id for q in read_collection(root, problems).questions] == ["b"]
    (problem,) = problems
    assert problem.code == code
    assert problem.place.path.endswith(shown)
