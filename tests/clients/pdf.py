"""Readers and checkers of PDF: poppler's programs, qpdf, and pdfua for accessibility."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pikepdf

from clients.running import ClientError, output

_FONT_LINE = re.compile(
    r"(?P<name>\S+) +(?P<kind>CID TrueType|CID Type 0C?|TrueType|Type 1C?|Type 3) +\S+ +"
    r"(?P<emb>yes|no) +(?P<sub>yes|no) +(?P<uni>yes|no) +\d+ +\d+"
)


@dataclass(frozen=True)
class Info:
    """What a reader shows as the document's properties."""

    title: str
    author: str
    pages: int
    page_size: str
    tagged: bool
    version: str


@dataclass(frozen=True)
class Font:
    """A font of a document, and whether text in it looks right and can be copied anywhere."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    unicode: bool


@dataclass(frozen=True)
class Finding:
    """What pdfua says against a document."""

    rule: str
    severity: str
    place: str
    text: str

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.place} {self.severity} {self.rule} {self.text}"


def info(pdf: Path) -> Info:
    """Ask pdfinfo for the properties."""
    lines = (line.partition(":") for line in output("pdfinfo", pdf).splitlines())
    found = {name.strip(): value.strip() for name, _, value in lines}
    return Info(
        title=found.get("Title", ""),
        author=found.get("Author", ""),
        pages=int(found["Pages"]),
        page_size=found.get("Page size", ""),
        tagged=found["Tagged"] == "yes",
        version=found["PDF version"],
    )


def fonts(pdf: Path) -> list[Font]:
    """Ask pdffonts for all fonts."""
    _, _, *lines = output("pdffonts", pdf).splitlines()
    # A long name pushes the columns behind it to the right: so they are counted from there.
    return [_font(line.rstrip()) for line in lines]


def _font(line: str) -> Font:
    found = _FONT_LINE.fullmatch(line)
    if not found:
        raise ClientError(f"pdffonts says something unexpected: {line}")
    has = [found[mark] == "yes" for mark in ("emb", "sub", "uni")]
    return Font(found["name"], found["kind"], *has)


def text(pdf: Path, page: int | None = None) -> str:
    """Ask pdftotext for the text of a page, or of all of them, in reading order."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    return output("pdftotext", "-enc", "UTF-8", *pages, pdf, "-")


def structure(pdf: Path) -> str:
    """Ask pdfinfo for the tree of tags with its text: what a screen reader goes through."""
    return output("pdfinfo", "-struct-text", pdf)


def faults(pdf: Path) -> list[str]:
    """Ask qpdf what is wrong with the file's build; a sound file has no faults."""
    try:
        output("qpdf", "--check", "--no-warn", pdf)
    except ClientError as failed:
        return str(failed).splitlines()
    return []


def picture(pdf: Path, png: Path, page: int = 1, dpi: int = 100) -> Path:
    """Let pdftoppm draw a page, to look at."""
    stem = png.with_suffix("")
    options = ["-png", "-singlefile", "-r", str(dpi), "-f", str(page)]
    output("pdftoppm", *options, pdf, stem)
    return stem.with_name(stem.name + ".png")


def accessibility(pdf: Path) -> list[Finding]:
    """Ask pdfua for what is certainly against PDF/UA-1; only what a machine can tell."""
    from pdfua import document
    from pdfua.model import Confidence
    from pdfua.validator import Validator

    # Of the million operators of a book it counts these; the others are lines of drawings.
    counted = {
        *document.MARKED_CONTENT_BEGIN,
        document.MARKED_CONTENT_END,
        *document.TEXT_OPERATORS,
        document.XOBJECT_PAINT,
    }
    parse = partial(pikepdf.parse_content_stream, operators=" ".join(counted))
    with patch.object(pikepdf, "parse_content_stream", parse):
        findings = Validator().validate(str(pdf)).findings
    return [
        Finding(f.rule_id, f.severity.name, f.location.describe(), f.message)
        for f in findings
        if f.confidence is Confidence.CERTAIN
    ]
