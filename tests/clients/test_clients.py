"""Every client is asked about a sound file and about a broken one: it has to see the difference."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import genanki
import pytest
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from clients import ace, anki, chromium, epubcheck, pdf
from dlexport.engine.assets import asset_folder

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]  # one worker starts the checkers

# Where no font is installed, WeasyPrint 70 ends with a crash unless it is given one.
FONT = asset_folder() / "fonts" / "source-serif-4-latin-400-normal.woff2"
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f0c3f6e-3c57-4f0a-9b53-0d3c7b7f4a11</dc:identifier>
<dc:title>Tiny</dc:title><dc:language>en</dc:language><dc:creator>Nobody</dc:creator>
<dc:source>urn:isbn:9780000000000</dc:source>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text only.</meta>
</metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="page" href="page.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="page"/></spine></package>
"""
NAV = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
xml:lang="en" lang="en"><head><title>Tiny</title></head><body>
<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1>
<ol><li><a href="page.xhtml">A page</a></li></ol></nav></body></html>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>A page</title>
</head><body><h1>A page</h1><p>Some text.</p></body></html>
"""


def write_epub(path: Path, nav: str = NAV, page: str = PAGE) -> Path:
    """Write a book of one page."""
    entries: Mapping[str, str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book.opf": PACKAGE,
        "nav.xhtml": nav,
        "page.xhtml": page,
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, content in entries.items():
            book.writestr(name, content)
    return path


def write_pdf(path: Path, variant: str | None = None) -> Path:
    """Write a document of one page."""
    fonts = FontConfiguration()
    face = (
        f"@font-face {{ font-family: Ours; src: url({FONT.as_uri()}) }} * {{ font-family: Ours }}"
    )
    HTML(string="<html lang=en><title>Tiny</title><h1>A heading</h1><p>Some text.").write_pdf(
        path,
        pdf_variant=variant,
        stylesheets=[CSS(string=face, font_config=fonts)],
        font_config=fonts,
    )
    return path


def test_epubcheck_accepts_a_sound_book(tmp_path: Path) -> None:
    """No message at all."""
    assert epubcheck.check(write_epub(tmp_path / "tiny.epub")) == []


def test_epubcheck_finds_a_broken_link(tmp_path: Path) -> None:
    """The code of the fault and its place."""
    book = write_epub(tmp_path / "tiny.epub", NAV.replace('"page.xhtml"', '"gone.xhtml"'))
    found = {(m.severity, m.code, m.place) for m in epubcheck.check(book)}
    assert ("ERROR", "RSC-007", "nav.xhtml:5:30") in found


def test_ace_accepts_a_sound_book(tmp_path: Path) -> None:
    """No failure at all."""
    assert ace.check(write_epub(tmp_path / "tiny.epub")) == []


def test_ace_finds_a_picture_without_a_text(tmp_path: Path) -> None:
    """The rule and the file."""
    picture = '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/></p></body>'
    page = PAGE.replace("</body>", picture)
    found = ace.check(write_epub(tmp_path / "tiny.epub", page=page))
    assert [(f.file, f.rule, f.impact) for f in found] == [("page.xhtml", "image-alt", "critical")]


PALE = "<p>Some text that is {}.</p>"


@pytest.mark.parametrize("hidden", [False, True])
def test_ace_finds_what_is_too_pale_once_in_a_book(tmp_path: Path, hidden: bool) -> None:
    """One of those that look the same, however many went before that are dark or not shown."""
    pale = PALE.format('<span style="color: #ccc">pale</span>')
    before = f"<div hidden='hidden'>{pale}</div>" if hidden else PALE.format("dark") * 3
    page = PAGE.replace("</body>", f"{before}{pale}{pale}</body>")
    found = ace.check(write_epub(tmp_path / "tiny.epub", page=page))
    assert [(f.file, f.rule) for f in found] == [("page.xhtml", "color-contrast")]
    assert found[0].html.startswith("<span")


def test_ace_finds_what_is_too_pale_where_it_stands(tmp_path: Path) -> None:
    """What is dark enough on the page is not on a dark ground."""
    dark = PALE.format("dark")
    page = PAGE.replace("</body>", f"{dark}<div style='background: #333'>{dark}</div></body>")
    found = ace.check(write_epub(tmp_path / "tiny.epub", page=page))
    assert [(f.rule, f.impact) for f in found] == [("color-contrast", "serious")]


def test_the_readers_of_pdf_agree_on_a_sound_document(tmp_path: Path) -> None:
    """Properties, fonts, text, tags and build."""
    document = write_pdf(tmp_path / "tiny.pdf", "pdf/ua-1")
    info = pdf.info(document)
    assert (info.title, info.pages, info.tagged) == ("Tiny", 1, True)
    assert pdf.fonts(document)
    assert all(font.embedded and font.subset and font.unicode for font in pdf.fonts(document))
    assert pdf.text(document).split() == ["A", "heading", "Some", "text."]
    assert "H1" in pdf.structure(document)
    assert pdf.faults(document) == []
    assert pdf.accessibility(document) == []
    with Image.open(pdf.picture(document, tmp_path / "page.png", dpi=50)) as page:
        assert page.size == (414, 585)  # A4 with 50 dots to the inch


def test_the_readers_of_pdf_see_faults(tmp_path: Path) -> None:
    """No tags, and a file cut off."""
    document = write_pdf(tmp_path / "tiny.pdf")
    assert not pdf.info(document).tagged
    assert {finding.severity for finding in pdf.accessibility(document)} >= {"ERROR"}
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(document.read_bytes()[:-200])
    assert pdf.faults(broken)


def test_anki_imports_a_package(tmp_path: Path) -> None:
    """One note with one card; the second time it is no news."""
    kind = genanki.Model(
        1700000001,
        "Tiny",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    )
    deck = genanki.Deck(1700000002, "Tiny")
    deck.add_note(genanki.Note(kind, ["a", "b"], guid="tiny"))
    deck.write_to_file(str(tmp_path / "tiny.apkg"))
    with anki.new_collection() as collection:
        assert len(anki.import_package(collection, tmp_path / "tiny.apkg").new) == 1
        assert list(anki.cards(collection).values()) == [["Card"]]
        again = anki.import_package(collection, tmp_path / "tiny.apkg")
        assert (len(again.new), len(again.duplicate)) == (0, 1)


@pytest.mark.parametrize(("dark", "ground"), [(False, (255, 255, 255)), (True, (1, 2, 3))])
def test_chromium_draws_by_day_and_by_night(
    tmp_path: Path, dark: bool, ground: tuple[int, int, int]
) -> None:
    """The whole picture has the size that was asked for, and the scheme's colour."""
    page = tmp_path / "page.html"
    page.write_text(
        "<body style='background: white'><style>@media (prefers-color-scheme: dark)"
        "{ body { background: rgb(1 2 3) !important } }</style>"
    )
    with Image.open(chromium.screenshot(page, tmp_path / "p.png", 300, 200, dark=dark)) as drawn:
        assert drawn.size == (300, 200)
        assert {drawn.convert("RGB").getpixel(at) for at in [(0, 0), (299, 199)]} == {ground}


def test_chromium_runs_scripts(tmp_path: Path) -> None:
    """The page as it is after its scripts."""
    page = tmp_path / "page.html"
    page.write_text("<p id=here></p><script>here.textContent = 1 + 1</script>")
    assert '<p id="here">2</p>' in chromium.html(page)
