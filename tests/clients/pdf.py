"""Readers and checkers of PDF: poppler's programs, qpdf, and pdfua for accessibility."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clients.running import ClientFailed, output


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
    _, rule, *lines = output("pdffonts", pdf).splitlines()
    # The columns are as wide as the dashes of the second line.
    ends = [0]
    for dashes in rule.split():
        ends.append(ends[-1] + len(dashes) + 1)
    cut = [[line[a:b].strip() for a, b in zip(ends, ends[1:], strict=False)] for line in lines]
    return [
        Font(name, kind, emb == "yes", sub == "yes", uni == "yes")
        for name, kind, _, emb, sub, uni, *_ in cut
    ]


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
    except ClientFailed as failed:
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
    from pdfua.model import Confidence
    from pdfua.validator import Validator

    return [
        Finding(f.rule_id, f.severity.name, f.location.describe(), f.message)
        for f in Validator().validate(pdf).findings
        if f.confidence is Confidence.CERTAIN
    ]
