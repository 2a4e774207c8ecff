"""EPUBCheck and Ace read the book."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from clients import ace, epubcheck
from conftest import Make, build, load
from dlexport.building.selection import Selection, select
from dlexport.exporters import Artifact
from dlexport.model import Collection

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]  # one worker starts the checkers


def build_book(root: Path, out: Path, decks: tuple[str, ...] = ()) -> list[Artifact]:
    """Build the book of a collection, in both editions."""
    return build(select(load(root), Selection(decks)), ["epub"], out)


def editions(out: Path) -> list[Path]:
    """The book with MathML and the one with drawings."""
    found = sorted((out / "epub").glob("*.epub"), key=lambda path: len(path.name))
    assert [path.stem.endswith("-svg") for path in found] == [False, True]
    return found


def pages(epub: Path) -> dict[str, str]:
    """The text files of a book by their names below EPUB/."""
    with zipfile.ZipFile(epub) as archive:
        texts = [n for n in archive.namelist() if n.endswith((".xhtml", ".opf", ".css"))]
        return {n.removeprefix("EPUB/"): archive.read(n).decode() for n in texts}


@pytest.mark.parametrize("edition", [0, 1], ids=["mathml", "svg"])
def test_our_book_is_valid(built: Path, edition: int) -> None:
    """No error, no warning, no hint of EPUBCheck; no issue of any level of Ace."""
    book = editions(built)[edition]
    assert epubcheck.check(book) == []
    assert ace.check(book) == []


def test_the_editions_show_formulas_in_their_own_way(built: Path) -> None:
    """MathML with alternative text, or drawings with a title; the metadata say which."""
    plain, drawn = (pages(book) for book in editions(built))
    texts, drawings = ("".join(book.values()) for book in (plain, drawn))
    assert texts.count("<math") == len(re.findall(r"<math[^>]* alttext=", texts)) > 500
    assert "<math" not in drawings
    assert (
        drawings.count(' role="img"') == len(re.findall(r"<svg[^>]*><title>[^<]", drawings)) > 500
    )
    assert 'accessibilityFeature">MathML' in plain["package.opf"]
    assert "MathML" not in drawn["package.opf"]
    ids = {re.search(r"urn:uuid:[\w-]+", book["package.opf"])[0] for book in (plain, drawn)}  # type: ignore[index]
    assert len(ids) == 2


def test_pages_are_numbered_through_the_book(built: Path) -> None:
    """Every mark is in the page list, in the order of the text, about a page apart."""
    book = pages(editions(built)[0])
    listed = re.findall(r'<a href="(text/[^"]+)#(page-\d+)">(\d+)</a>', book["nav.xhtml"])
    assert [int(number) for *_, number in listed] == list(range(1, len(listed) + 1))
    assert len(listed) > 150
    for file, anchor, number in listed:
        assert f'role="doc-pagebreak" id="{anchor}" aria-label="{number}"' in book[file]
    words = re.sub(r"<[^>]+>", "", "".join(book[f] for f in dict.fromkeys(f for f, *_ in listed)))
    assert 700 < len(words) / len(listed) < 3000


def test_nothing_is_fetched_and_nothing_runs(built: Path) -> None:
    """No remote resource, no script, no font or colour forced on the reader's text."""
    for book in map(pages, editions(built)):
        for name, text in book.items():
            assert not re.search(r'\ssrc="(?!\.\./images/)', text), name
            assert "<script" not in text
            assert "@import" not in text
        running = re.findall(r"(?m)^(?:html|body|p) \{([^}]*)\}", book["css/book.css"])
        assert running
        assert not re.search(r"font-family|font-size|color|background", " ".join(running))


def test_the_cover_is_a_picture_with_its_words(built: Path, collection: Collection) -> None:
    """Of the size that shops ask for."""
    with zipfile.ZipFile(editions(built)[0]) as archive:
        image = Image.open(archive.open("EPUB/images/cover.png"))
        assert image.size == (1600, 2560)
        assert 'properties="cover-image"' in archive.read("EPUB/package.opf").decode()
        assert (
            f"Cover: {collection.metadata.title}" in archive.read("EPUB/text/cover.xhtml").decode()
        )


HARD_TITLES = {
    "markup": "A <b>bold</b> & 'quoted' \"title\" <script>",
    "lines": "A title\nof two lines\n\nand a third",
    "hebrew": "שאלות על למידה עמוקה: Deep Learning",
    "long": "supercalifragilistic" * 12,
}


@pytest.mark.parametrize("name", HARD_TITLES)
def test_hard_titles_give_a_valid_book(name: str, make: Make, tmp_path: Path) -> None:
    """With markup, line breaks, from right to left, and without end; headings twice the same."""
    title = json.dumps(HARD_TITLES[name], ensure_ascii=False)
    if name == "lines":
        title = f'"""{HARD_TITLES[name]}"""'
    language = "he" if name == "hebrew" else "en"
    body = "# Why?\n\nText.\n\n## Same\n\nOne.\n\n## Same\n\nTwo.\n"
    root = make(
        {
            "collection.toml": f'title = {title}\nlanguage = "{language}"\n',
            "a.md": body,
            "b.md": body,
        }
    )
    build_book(root, tmp_path / "out")
    for book in editions(tmp_path / "out"):
        assert epubcheck.check(book) == []
    assert ('dir="rtl"' in pages(editions(tmp_path / "out")[0])["nav.xhtml"]) == (language == "he")


def many_questions(number: int, make: Make, tmp_path: Path) -> list[Path]:
    """Both editions of so many questions with formulas, tables, code and links.

    They have ten formulas and ten listings among them: what is tried is their number.
    """
    files = {
        f"d{n % 7}/q{n:04d}.md": f"# What is $x_{{{n % 10}}}$ in {n}?\n\n"
        f"$$\\sum_{{i=1}}^{{{n % 10}}} i^2$$\n\n"
        f"| $a$ | b |\n|---|---|\n| {n} | `f({n})` |\n\n```python\nprint({n % 10})\n```\n\n"
        f"Then [the next](../d{(n + 1) % number % 7}/q{(n + 1) % number:04d}.md).\n"
        for n in range(number)
    }
    build_book(make(files), tmp_path / "out")
    return editions(tmp_path / "out")


@pytest.mark.parametrize("number", [200, pytest.param(1000, marks=pytest.mark.large)])
def test_many_questions(number: int, make: Make, tmp_path: Path) -> None:
    """EPUBCheck has nothing to say about a book with more files than ours."""
    for book in many_questions(number, make, tmp_path):
        assert epubcheck.check(book) == []


@pytest.mark.large
def test_a_thousand_accessible_questions(make: Make, tmp_path: Path) -> None:
    """Nor has Ace, which takes minutes for an edition."""
    for book in many_questions(1000, make, tmp_path):
        assert ace.check(book) == []


def test_every_question_and_card_is_there(built: Path, collection: Collection) -> None:
    """Each question has its chapter, each card its answer and the way back."""
    texts = pages(editions(built)[0])
    for question, card in collection.cards:
        chapter = f"{question.number:03d}-{question.id}.xhtml"
        answers = f"answers-{question.deck}.xhtml"
        anchor = f"answer-{question.id}.{card.id}"
        assert f'href="{answers}#{anchor}"' in texts[f"text/{chapter}"]
        assert f'id="{anchor}"' in texts[f"text/{answers}"]
        assert f'href="{chapter}#card-{card.id}"' in texts[f"text/{answers}"]


def test_a_hostile_collection_gives_a_valid_book(make: Make, tmp_path: Path) -> None:
    """Markup, quotes and ampersands in titles, raw HTML, footnotes, links out of the selection."""
    root = make(
        {
            "collection.toml": 'title = "A <b>\\"&\'</b> title"\nauthors = ["O\'Hara & Sons"]\n',
            "one/a.md": "---\nquestion: 'Is `<p>` & $a<b$ \"fine\"?'\n---\n\n## Answer\n\n"
            'Raw <kbd>Ctrl</kbd> <script>alert(1)</script><br> H<sub>2</sub>O <img src="x">\n\n'
            "<details><summary>More</summary>\n\nHidden *text* $x$.\n\n</details>\n\n"
            "See [b](../two/b.md) and a note[^1].\n\n[^1]: The *note*.\n\n"
            "- [x] done\n- [ ] open\n\n> [!NOTE]\n> An alert.\n\n"
            "| a | b |\n|:--|--:|\n| 1 | $x$ |\n\n"
            "Term\n: Definition\n\n~~gone~~ https://example.org\n\n```math\n\\tag{1} y = x\n```\n",
            "two/b.md": "# שאלה?\n\nTwo words, `a`, <u>b.\n\n<div>unclosed\n",
        }
    )
    assert all(not artifact.warnings for artifact in build_book(root, tmp_path / "all"))
    for artifact in build_book(root, tmp_path / "one", ("one",)):
        (warning,) = artifact.warnings
        wanted = r"one/a\.md:\d+:\d+ left-out-link “\.\./two/b\.md” is not in this selection"
        assert re.search(wanted, str(warning))
    for out in ("all", "one"):
        for book in editions(tmp_path / out):
            assert epubcheck.check(book) == []
            assert ace.check(book) == []


def test_mimetype_comes_first_and_stored(built: Path) -> None:
    """As the container format demands."""
    with zipfile.ZipFile(editions(built)[0]) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = archive.read("EPUB/package.opf").decode()
    assert re.search(r"<dc:rights>CC BY 4.0, https://creativecommons", package)
