"""Poppler, qpdf and pdfua read the PDFs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clients import pdf
from conftest import Make, build, load
from dlexport.document import plain
from dlexport.model import Collection


def test_sheets_are_sound(built: Path, collection: Collection) -> None:
    """Each sheet has a title and two to four pages a deck."""
    sheets = {path.stem: path for path in (built / "pdf" / "a4").glob("cheatsheet-*.pdf")}
    assert set(sheets) == {"cheatsheet-all", *(f"cheatsheet-{d.id}" for d in collection.decks)}
    for name, path in sheets.items():
        info = pdf.info(path)
        assert info.title.startswith(collection.metadata.title)
        assert "595.276 x 841.89" in info.page_size
        assert name == "cheatsheet-all" or 2 <= info.pages <= 4


def test_every_pdf_is_tagged_and_embeds_its_fonts(built: Path) -> None:
    """Sheets, cards, book and questions, on every paper, as three readers see them."""
    paths = sorted((built / "pdf").rglob("*.pdf"))
    assert len(paths) >= 10
    for path in paths:
        assert pdf.info(path).tagged, path.name
        assert pdf.faults(path) == [], path.name
        assert pdf.accessibility(path) == [], path.name
        assert all(f.embedded and f.subset and f.unicode for f in pdf.fonts(path)), path.name


def test_weasyprint_had_nothing_to_say(built: Path, warnings: dict[str, list[str]]) -> None:
    """No missing glyph, no refused address, no unknown property, no card too long."""
    found = {path: said for path, said in warnings.items() if path.startswith("pdf/")}
    assert len(found) == len(list((built / "pdf").rglob("*.pdf")))
    assert not any(found.values())


def test_text_can_be_extracted(built: Path, collection: Collection) -> None:
    """Every question and the start of its short answer are in the sheet's text."""
    for deck in collection.decks:
        text = squeezed(pdf.text(built / "pdf" / "a4" / f"cheatsheet-{deck.id}.pdf"))
        for question in deck.questions:
            words = re.findall(r"[A-Za-z]{4,}", plain(question.question.blocks))
            assert all(word in text for word in words), question.id
            assert "CC BY 4.0" in text


def squeezed(text: str) -> str:
    """Text without line breaks and the hyphens before them."""
    return re.sub(r"\s+", " ", re.sub(r"-\n", "", text))


@pytest.mark.slow
def test_scripts_keep_their_glyphs(make: Make, tmp_path: Path) -> None:
    """Greek, Cyrillic, Polish and Hebrew letters come from fonts of ours, each from its own."""
    root = make(
        {"q.md": "# Which σ is it?\n\nGreek αβγ, Cyrillic Жук, Polish Łódź, Hebrew שלום, ✗ ☑.\n"}
    )
    made = build(load(root), ["pdf"], tmp_path)
    assert all(item.warnings == () for item in made)
    fonts = {font.name for font in pdf.fonts(tmp_path / "pdf" / "a4" / "cheatsheet-all.pdf")}
    for script in ("greek", "cyrillic", "latin-ext", "hebrew", "symbols"):
        assert any(script in name for name in fonts), script
    assert not any("DejaVu" in name for name in fonts)
