"""The book in pieces, beside one document laid out by WeasyPrint alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import watched

TOP = Path(__file__).parents[1]
# Questions that make some 10, 50, 200 and 800 pages.
SIZES = (2, 12, 48, 170)


def compare(folder: Path) -> Iterator[str]:
    """Pages a second and the peak of memory, for books of several sizes."""
    titles = ("seconds", "pages a second", "peak")
    both = [f"{way}: {title}" for way in ("dlexport", "one document") for title in titles]
    yield "| " + " | ".join(["pages", *both, "faster"]) + " |"
    yield "|" + " --- |" * (len(both) + 2)
    for size in SIZES:
        cells = []
        seconds = []
        for way in ("ours", "plain"):
            book = folder / f"{way}{size}.pdf"
            found = measure("book", way, book, size)
            with pikepdf.open(book) as pdf:
                pages = len(pdf.pages)
            seconds.append(found.seconds)
            cells += [
                f"{found.seconds:.1f}",
                f"{pages / found.seconds:.1f}",
                f"{found.megabytes:.0f} MB",
            ]
        yield f"| {pages} | " + " | ".join(cells) + f" | {seconds[1] / seconds[0]:.1f} times |"


def compare_all(folder: Path) -> Iterator[str]:
    """Every artifact of our own collection, ours and the plain way."""
    found = {way: measure("all", way, folder / f"all-{way}", 0) for way in ("ours", "plain")}
    ratio = found["plain"].seconds / found["ours"].seconds
    yield "| every artifact, nothing kept | seconds | peak of memory |"
    yield "| --- | --- | --- |"
    for way, name in (("ours", "dlexport"), ("plain", "one process, one document each")):
        yield f"| {name} | {found[way].seconds:.0f} | {found[way].megabytes:.0f} MB |"
    yield ""
    yield f"{ratio:.1f} times faster."


def measure(what: str, way: str, out: Path, size: int) -> watched.Taken:
    """What `measured.py` takes, once, from its start to its end."""
    command = [sys.executable, TOP / "benchmarks" / "measured.py", what, way, TOP / "content"]
    return watched.run([*command, out, str(size)], TOP)
