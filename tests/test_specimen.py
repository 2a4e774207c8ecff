"""A collection that shows every construct once, in every target."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from clients import anki, chromium, epubcheck, pdf
from conftest import FORMATS, build, session
from dlexport.building.load import load_checked

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]  # one worker starts the checkers

CONTENT = Path(__file__).parent / "specimen" / "content"


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every artifact of the specimen; no warning of any kind on the way."""
    out = tmp_path_factory.mktemp("specimen")
    collection, problems = load_checked(CONTENT, session(), strict=True, run_code=True)
    assert len(problems) == 0
    made = build(collection, FORMATS, out)
    assert not any(item.warnings for item in made)
    return out


def test_epub_is_valid(specimen: Path) -> None:
    """MathML, footnotes, tables, raw HTML and all scripts pass EPUBCheck."""
    assert epubcheck.check(specimen / "epub" / "specimen.epub") == []


def test_pdf_is_sound(specimen: Path) -> None:
    """Tagged, embedded, and with words for its formulas."""
    sheet = specimen / "pdf" / "a4" / "cheatsheet-all.pdf"
    assert pdf.faults(sheet) == []
    assert pdf.accessibility(sheet) == []
    assert "costs $5 and $6" in pdf.text(sheet).replace("\n", " ")


def test_sections_beside_the_answer(specimen: Path) -> None:
    """On screens folded, in the book in their order, on no sheet."""
    book = " ".join(pdf.text(specimen / "pdf" / "a4" / "book.pdf").split())
    page = (specimen / "web" / "q" / "sections.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(specimen / "epub" / "specimen.epub") as archive:
        chapter = archive.read("EPUB/text/003-sections.xhtml").decode()
    for text, spoken in (
        (book, "Spoken answer about 1 minute The words"),
        (page, "<summary>Spoken answer, about 1 minute</summary>"),
        (chapter, "Spoken answer (about 1 minute)"),
    ):
        found = [text.index(words) for words in ("An intuition with", "The answer.", "A proof of")]
        assert found == sorted(found)
        assert text.index(spoken) > found[-1]
        assert "asked rarely" in text
        assert "To know before: " in text
    for name in ("own-depth", "größe"):
        assert f'<h3 id="{name}">' in page
        assert f'href="../q/sections.html#{name}"' in page
        assert f'href="003-sections.xhtml#q-sections.{name}"' in chapter
    assert '<details class="deeper"><summary>Going deeper</summary>' in page
    assert "<h3>Answer</h3>" in chapter
    sheet = pdf.text(specimen / "pdf" / "a4" / "cheatsheet-all.pdf")
    assert "The answer." in sheet
    for words in ("An intuition", "A proof of", "one would say aloud"):
        assert words not in sheet


def test_anki_takes_every_card(specimen: Path) -> None:
    """Eight notes; two deletions and two directions make two cards each."""
    with anki.new_collection() as learner:
        anki.import_package(learner, specimen / "anki" / "specimen.apkg")
        counts = {
            learner.get_note(n)["Card id"]: len(learner.get_note(n).cards())
            for n in learner.find_notes("")
        }
        assert counts == {
            "formulas/derivative": 1,
            "formulas/cloze": 2,
            "sections/question": 1,
            "text/choice": 1,
            "text/print": 1,
            "text/rtl": 1,
            "text/typed": 1,
            "text/reversed": 2,
        }


def test_chromium_draws_the_page(specimen: Path) -> None:
    """MathML, footnotes and folded text arrive in the document."""
    formulas = chromium.html(specimen / "web" / "q" / "formulas.html")
    page = chromium.html(specimen / "web" / "q" / "text.html")
    assert (formulas + page).count("<math") > 20
    assert "The footnote, with" in page
    assert 'dir="rtl"' in page
    assert "slot" not in formulas + page


def test_nothing_of_ours_is_left_in_the_text(specimen: Path) -> None:
    """No placeholder, template mark or private address reaches a reader."""
    with zipfile.ZipFile(specimen / "epub" / "specimen.epub") as archive:
        text = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith("xhtml"))
    for mark in ("slot0", "[[", "dlexport.invalid", "None"):
        assert mark not in text


def test_choices_are_a_test_with_a_key(specimen: Path) -> None:
    """Answers beside the question, the right one and all reasons elsewhere; in Anki after it."""
    asked = "What is one and ? A. One B. 2 C. Three"
    told = "B. 2: the sum: of both. A. One: that is one of the two alone. C. Three: that would"
    book = " ".join(pdf.text(specimen / "pdf" / "a4" / "book.pdf").split())
    assert 0 < book.index(asked) < book.index(told)
    cards = " ".join(pdf.text(specimen / "pdf" / "a4" / "flashcards.pdf").split())
    assert "A. One B. 2 C. Three" in cards
    assert "A. One: that is one of the two alone. C. Three: that would" in cards
    page = (specimen / "web" / "q" / "text.html").read_text(encoding="utf-8")
    before, _, after = page.partition('<ol type="A">')
    assert before.rstrip().endswith("</math>?")
    assert after.index("Three") < after.index("<summary>Answer</summary>") < after.index("of both")
    with anki.new_collection() as learner:
        anki.import_package(learner, specimen / "anki" / "specimen.apkg")
        (note,) = learner.find_notes('"Card id:text/choice"')
        (card,) = learner.get_note(note).cards()
        question, answer = (re.sub(r"\s+", " ", text) for text in (card.question(), card.answer()))
        assert '<ol type="A"> <li value="1">One</li>' in question
        assert "of both" not in question
        assert "<strong>B. <code>2</code></strong></p> <p>the <strong>sum</strong>: of" in answer
        assert '<li value="3"><em>Three</em>: that would be' in answer
