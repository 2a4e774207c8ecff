"""Any name of a folder or a file: a deck and a question of its own in every output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

import pytest

import dlexport
from clients import anki, epubcheck, pdf
from conftest import Make, build, load
from dlexport.building.selection import Selection, select
from dlexport.exporters import Artifact, Context
from dlexport.model import Collection
from dlexport.problems import ContentError, DlexportError
from dlexport.reading import ids
from sharing import made_once

# One worker starts the checkers.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]

FOLDERS = (
    "C", "C++", "C#", "c", "R&D", "Node.js", "node-js", "a_b", "a b", "a-b", "intro", "Intro",
    "01-one", "02-one", "1. First", "7", "10", "2D vision", "Über", "naïve", "数学", "物理",
    "Ελλάς", "हिन्दी", "نحو", "א", "x²", "µ", "🎉", "e\u0301t\u00e9", "what's it (or two), then?",
    "con", "NUL", "index", "all", "map", "plans", "core", "questions", "a/b/c", "x/b/c", "b/con",
    "a: b::c", "trailing.", " blanks ", "very long " * 12, "長" * 60,
)  # fmt: skip
FILES = (
    "x", "X", "con", "aux", "index", "C", "C++", "C#", "naïve", "数学", "🎉", "a.b",
    "a b", "001-one", "002-one", "3. three", "what is it (really)?", "long " * 40, "ﬁne", "İ", "ß",
)  # fmt: skip
HARD = ("all", "con", "über", "数学", "हिन्दी", "نحو", "a-b-c", "x-b-c", "questions")


def write(root: Path) -> None:
    """A question in each folder, its link to the question of the folder before, and each file."""
    before = ""
    for number, folder in enumerate(FOLDERS):
        path = root / folder / "name.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * len(Path(folder).parts)
        link = f"[before]({quote(up + before)})" if before else "first"
        path.write_text(f"# What is folder {number}?\n\nIt is {link}.\n", encoding="utf-8")
        before = f"{folder}/name.md"
    for number, name in enumerate(FILES):
        path = root / "files" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# What is file {number}?\n\nA file.\n", encoding="utf-8")


@pytest.fixture(scope="session")
def content(run_folder: Path) -> Path:
    """The folder with all names."""
    return made_once(run_folder / "names", write)


@pytest.fixture(scope="session")
def named(content: Path) -> Collection:
    """The collection of all names, read without an error."""
    return load(content)


@pytest.fixture(scope="session")
def out(named: Collection, run_folder: Path) -> Path:
    """All outputs; on paper the decks whose names are hard."""

    def make(folder: Path) -> None:
        build(named, ("anki", "epub", "web"), folder)
        build(select(named, Selection(decks=HARD)), ("pdf",), folder / "paper")

    return made_once(run_folder / "names-out", make)


def test_each_folder_is_a_deck_and_each_file_a_question(named: Collection) -> None:
    """Nothing is merged; ids are ids, and differ for those who do not tell case apart."""
    names = [deck.id for deck in named.decks]
    assert len(names) == len(FOLDERS) + 1
    assert len({ids.folded(name) for name in names}) == len(names)
    assert len(named.questions) == len(FOLDERS) + len(FILES)
    assert len(named.by_id) == len(named.questions)
    assert all(map(ids.is_id, (*names, *named.by_id)))
    by_folder = {ids.in_form(q.path.parent.name): q.deck for q in named.questions}
    assert by_folder["数学"] == "数学"
    assert by_folder["Über"] == "über"
    assert by_folder["été"] == "été"


@pytest.mark.parametrize("place", ["{}.md", "{}/x.md"])
def test_names_that_look_the_same_are_an_error(place: str, make: Make) -> None:
    """Two spellings of one name in Unicode: some disks have one file for both."""
    root = make({place.format(name): "# What?\n\nThis.\n" for name in ("naïve", "nai\u0308ve")})
    with pytest.raises(ContentError) as caught:
        load(root)
    assert {p.code for p in caught.value.problems.errors} <= {"duplicate-id", "duplicate-deck"}


def test_names_of_files(out: Path) -> None:
    """Every disk takes them: none too long, none of a device, none twice but for case."""
    paths = [path.relative_to(out) for path in out.rglob("*") if path.is_file()]
    assert len({ids.folded(path.as_posix()) for path in paths}) == len(paths)
    for path in paths:
        assert len(path.name.encode()) <= 200
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', path.name)
        stem = path.name.split(".")[0].lower()
        assert not re.fullmatch("con|prn|aux|nul|com[0-9]|lpt[0-9]", stem)


def links(page: Path) -> Iterator[tuple[str, str]]:
    """The files and ids that a page's own links lead to."""
    for href in re.findall(r'<a href="([^"]*)"', page.read_text(encoding="utf-8")):
        if "://" not in href:
            file, _, anchor = unquote(href).partition("#")
            yield file or page.name, anchor


def test_site(out: Path, named: Collection) -> None:
    """A page for each deck and question, and every link leads to what is there."""
    site = out / "web"
    for folder, owners in (("deck", named.decks), ("q", named.questions)):
        assert len(list((site / folder).iterdir())) == len(owners)
    pages = [p.resolve() for p in site.rglob("*.html")]
    found = {page: page.read_text(encoding="utf-8") for page in pages}
    led = set()
    for page in pages:
        for file, anchor in links(page):
            led.add((page.parent / file).resolve())
            assert not anchor or f'id="{anchor}"' in found[(page.parent / file).resolve()]
    assert led == set(pages)


@pytest.mark.parametrize("edition", ["", "-svg"])
def test_book(edition: str, out: Path, named: Collection) -> None:
    """EPUBCheck has nothing to say of the books."""
    assert epubcheck.check(out / "epub" / f"{named.metadata.slug}{edition}.epub") == []


def test_pdfs(out: Path) -> None:
    """A sheet for each deck; qpdf finds no fault in the book, whose joining resolves links."""
    folder = out / "paper" / "pdf" / "a4"
    assert len(list(folder.glob("cheatsheet-*.pdf"))) == len(HARD)
    assert (folder / "cheatsheet-all_.pdf").exists()  # that of all decks has the name without
    assert pdf.faults(folder / "book.pdf") == []


def test_anki(out: Path, named: Collection) -> None:
    """In Anki each deck has the cards of its folder, below the decks of the folders around it."""
    with anki.new_collection() as learner:
        log = anki.import_package(learner, out / "anki" / f"{named.metadata.slug}.apkg")
        assert len(log.new) == len(named.questions)
        found: dict[str, set[str]] = {}
        for card in map(learner.get_card, learner.find_cards("")):
            key = card.note()["Card id"].partition("/")[0]
            found.setdefault(learner.decks.name(card.did), set()).add(key)
        title = named.metadata.title
        assert sorted(found.values(), key=sorted) == sorted(
            ({q.id for q in deck.questions} for deck in named.decks), key=sorted
        )
        assert {f"{title}::A::B::C", f"{title}::X::B::C", f"{title}::01 First"} <= set(found)
        tags = {tag.partition("::deck::")[2] for tag in learner.tags.all()} - {""}
        assert tags == {deck.id for deck in named.decks}


def test_selections_are_told_apart(named: Collection) -> None:
    """The deck “core” is not the core cards, and long names leave room for an ending."""
    deck, cards = (
        select(named, wanted).metadata.slug
        for wanted in (Selection(decks=["core"]), Selection(decks=["core"], core=True))
    )
    assert (deck, cards) == ("names-core_", "names-core_-core")
    long = select(named, Selection(decks=[d.id for d in named.decks[:9]])).metadata.slug
    assert len(long.encode()) < 100


class Clashing:
    """Makes two files that some disks take for one."""

    def artifacts(self, collection: Collection, context: Context) -> Iterator[Artifact]:
        """The two, and nothing in them."""
        for name in ("Straße.txt", "STRASSE.TXT"):
            yield Artifact(PurePosixPath("clashing", name), b"")


def test_two_files_that_would_be_one_are_refused(content: Path, tmp_path: Path) -> None:
    """Before any is written."""
    with pytest.raises(DlexportError, match="two files would be one"):
        dlexport.build(dlexport.load(content), {"clashing": Clashing()}, tmp_path)
    assert not list(tmp_path.iterdir())
