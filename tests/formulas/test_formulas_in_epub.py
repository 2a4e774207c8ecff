"""EPUBCheck on one book with all formulas, and with the style sheet for them."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from clients import epubcheck
from dlexport.math import Formula
from formulas.samples import ENGINE, display, formulas

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("books")]  # one worker starts the checkers

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  xml:lang="en" lang="en"><head><title>Formulas</title>
  <link rel="stylesheet" type="text/css" href="style.css"/></head><body>{body}</body></html>
"""
NAVIGATION = PAGE.format(
    body='<nav epub:type="toc"><ol><li><a href="page.xhtml">Formulas</a></li></ol></nav>'
)
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:identifier id="id">urn:example:formulas</dc:identifier>
  <dc:title>Formulas</dc:title><dc:language>en</dc:language>
  <meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata>
<manifest>
  <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
  <item id="page" href="page.xhtml" media-type="application/xhtml+xml" properties="mathml svg"/>
  <item id="style" href="style.css" media-type="text/css"/></manifest>
<spine><itemref idref="page"/></spine></package>
"""


def body() -> str:
    """Each formula as MathML, displayed and in a line, and as SVG."""
    parts = []
    for tex in formulas():
        parts += [ENGINE.mathml(display(tex)), ENGINE.draw(display(tex)).svg]
        if ENGINE.check(Formula(tex)) is None:
            parts.append(ENGINE.on_screen(Formula(tex)))
    return "".join(f"<p>{part}</p>\n" for part in parts)


def test_epubcheck_accepts_all_formulas(tmp_path: Path) -> None:
    book = tmp_path / "formulas.epub"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", PACKAGE)
        archive.writestr("nav.xhtml", NAVIGATION)
        archive.writestr("page.xhtml", PAGE.format(body=body()))
        style = files("dlexport").joinpath("assets", "math", "temml.css")
        archive.writestr("style.css", style.read_text(encoding="utf-8"))
    found = [m for m in epubcheck.check(book) if m.severity != epubcheck.USAGE]
    assert not found, "\n".join(map(str, found[:20]))
