"""The plain way to a PDF, to compare with: one document, one process, no cache.

WeasyPrint counts the pages itself, puts flash cards into their places on each
kind of sheet, and draws the formulas as inline SVG and the figures as the SVGs
that they are.
"""

from __future__ import annotations

import html
import pickle
import re
from collections.abc import Iterable, Sequence
from typing import Any

from dlexport.exporters.pdf import document
from dlexport.exporters.pdf.document import ELSEWHERE, Layout, Source, lay_out
from dlexport.exporters.pdf.flashcards import MARGIN, PADDING
from dlexport.exporters.pdf.imposition import Imposition
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import Printer

_ARTIFACT = Printer.artifact

_BODY = re.compile(r"<body>(.*)</body>", re.S)
_IMAGE = re.compile(r'<img class="math" src="([^"]+)" alt="[^"]*" style="[^"]*" />')
_COUNTERS = """
@page { @bottom-center { content: counter(page) " of " counter(pages) } }
section.piece { break-before: page }
.toc a::after { content: target-counter(attr(href), page) }
"""


_SHEET = re.compile(r'<div class="sheet[^"]*">(.*?)</div>\s*(?=<div class="sheet|</body>)', re.S)
_SIDE = re.compile(r'<section class="side">(.*?)</section>', re.S)
_SIDES_ID = re.compile(r'<div class="card-text" id="([^"]+)"')
_CARD = ".card { position: absolute; overflow: hidden; width: %gmm; height: %gmm }"
_PAGE = re.compile(r"@page \{.*?\}")


def take_over() -> None:
    """From now on this process prints in the plain way."""
    Printer.lay_out = _lay_out  # type: ignore[method-assign]
    Printer.artifact = _artifact  # type: ignore[method-assign]
    document.PictureImage = _refuse  # type: ignore[assignment,misc]
    document._written = _written


def _written(laid_out: Any, source: Source) -> bytes:
    """As WeasyPrint writes it, instead of what is made to be joined."""
    data: bytes = laid_out.write_pdf(pdf_variant="pdf/ua-1" if source.tagged else None)
    return data


def _refuse(svg: bytes) -> None:
    raise ValueError("WeasyPrint draws it")


def _lay_out(_printer: Printer, sources: Iterable[Source], _name: str) -> list[Layout]:
    """All sources as one document, instead of `Printer.lay_out`."""
    sources = list(sources)
    first = sources[0]
    if _SIDE.search(first.html) or (not first.tagged and 'class="mark ' in first.html):
        ids = _SIDES_ID.findall("".join(source.html for source in sources))
        anchors = {name: number for number, name in enumerate(ids, 1)}
        return [Layout(pickle.dumps(sources), len(ids), anchors, {}, (), ())]
    if first.measured or not first.tagged or len({source.css for source in sources}) > 1:
        return [Layout.decode(lay_out(source)) for source in sources]
    drawings = {address: svg for source in sources for address, svg in source.drawings.items()}
    bodies = []
    for source in sources:
        found = _BODY.search(source.html)
        assert found
        inline = _IMAGE.sub(lambda image: drawings[html.unescape(image[1])], found[1])
        bodies.append(f'<section class="piece">{inline}</section>')
    body = "".join(bodies).replace(ELSEWHERE, "#")
    anchors = re.findall(r' id="(q-[^"]+)"', body)
    items = "".join(f'<li><a href="#{anchor}">{anchor}</a></li>' for anchor in anchors)
    toc = f'<ul class="toc">{items}</ul>' if items else ""
    head = first.html.partition("<body>")[0]
    text = f"{head}<body>{toc}{body}</body></html>"
    pictures = {name: picture for source in sources for name, picture in source.pictures.items()}
    return [Layout.decode(lay_out(Source(text, first.css + _COUNTERS, {}, pictures)))]


def _artifact(printer: Printer, name: str, parts: Sequence[Part], *args: Any, **how: Any) -> Any:
    """Instead of `Printer.artifact`: cards are put into their places on each sheet by CSS."""
    plan: Imposition | None = how.pop("imposition", None)
    if plan is None:
        return _ARTIFACT(printer, name, parts, *args, **how)
    (marks,) = pickle.loads(how["furniture"][0].data)
    sources: list[Source] = [s for part in parts for s in pickle.loads(part.layout.data)]
    sides = [side for source in sources for side in _SIDE.findall(source.html)]
    backgrounds = _SHEET.findall(marks.html)
    sheets = []
    for number, cells in enumerate(plan.sheets):
        cards = "".join(
            f'<section class="card" style="left: {cell.left - MARGIN + PADDING}mm; '
            f'top: {cell.top - MARGIN + PADDING}mm">{sides[cell.page]}</section>'
            for cell in cells
        )
        sheets.append(f'<div class="sheet">{backgrounds[number % len(backgrounds)]}{cards}</div>')
    head = sources[0].html.partition("<body>")[0]
    size = tuple(length - 2 * PADDING for length in plan.cell)
    css = _PAGE.sub("", sources[0].css).replace(".side", ".card") + marks.css + _CARD % size
    drawings = {address: svg for source in sources for address, svg in source.drawings.items()}
    pictures = {address: p for source in sources for address, p in source.pictures.items()}
    text = f"{head}<body>{''.join(sheets)}</body></html>"
    (layout,) = _lay_out(printer, [Source(text, css, drawings, pictures)], name)
    # The marks are there already: they are laid over no page.
    how |= {"furniture": [layout], "first": layout.pages}
    return _ARTIFACT(printer, name, [Part(layout)], *args, **how)
