"""EPUBCheck reads the book."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from clients import epubcheck
from conftest import Make, load
from dlexport import pipeline
from dlexport.model import Collection


def build(root: Path, out: Path, decks: tuple[str, ...] = ()) -> Path:
    """Build the book of a collection and give its path."""
    pipeline.build(pipeline.select(load(root), decks), ["epub"], out, lambda _: None)
    return next((out / "epub").glob("*.epub"))


def test_our_book_is_valid(built: Path) -> None:
    """No error, no warning, no hint."""
    assert epubcheck.check(next((built / "epub").glob("*.epub"))) == []


def test_every_question_and_card_is_there(built: Path, collection: Collection) -> None:
    """Each question has its chapter, each card its answer and the way back."""
    with zipfile.ZipFile(next((built / "epub").glob("*.epub"))) as archive:
        pages = {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".xhtml")}
    for question, card in collection.cards:
        chapter = f"{question.number:03d}-{question.id}.xhtml"
        answers = f"answers-{question.deck}.xhtml"
        anchor = f"answer-{question.id}-{card.id}"
        assert f'href="{answers}#{anchor}"' in pages[f"EPUB/text/{chapter}"]
        assert f'id="{anchor}"' in pages[f"EPUB/text/{answers}"]
        assert f'href="{chapter}#card-{card.id}"' in pages[f"EPUB/text/{answers}"]


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
    assert epubcheck.check(build(root, tmp_path / "all")) == []
    assert epubcheck.check(build(root, tmp_path / "one", ("one",))) == []


def test_mimetype_comes_first_and_stored(built: Path) -> None:
    """As the container format demands."""
    with zipfile.ZipFile(next((built / "epub").glob("*.epub"))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = archive.read("EPUB/package.opf").decode()
    assert re.search(r"<dc:rights>CC BY 4.0, https://creativecommons", package)
