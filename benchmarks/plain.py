"""The plain way to a PDF, to compare with: one document, one process, no cache.

WeasyPrint counts the pages itself, and draws the formulas as inline SVG and the
figures as the SVGs that they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from dlexport.exporters.pdf import document
from dlexport.exporters.pdf.document import ELSEWHERE, Layout, Source, lay_out
from dlexport.exporters.pdf.printing import Printer

_BODY = re.compile(r"<body>(.*)</body>", re.S)
_IMAGE = re.compile(r'<img class="math" src="([^"]+)" alt="[^"]*" style="[^"]*" />')
_COUNTERS = """
@page { @bottom-center { content: counter(page) " of " counter(pages) } }
section.piece { break-before: page }
.toc a::after { content: target-counter(attr(href), page) }
"""


def take_over() -> None:
    """From now on this process prints in the plain way."""
    Printer.lay_out = _lay_out  # type: ignore[method-assign]
    document.PictureImage = _refuse  # type: ignore[assignment,misc]


def _refuse(svg: bytes) -> None:
    raise ValueError("WeasyPrint draws it")


def _lay_out(_printer: Printer, sources: Iterable[Source], _name: str) -> list[Layout]:
    """All sources as one document, instead of `Printer.lay_out`."""
    sources = list(sources)
    first = sources[0]
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
    toc = "".join(f'<li><a href="#{anchor}">{anchor}</a></li>' for anchor in anchors)
    head = first.html.partition("<body>")[0]
    text = f'{head}<body><ul class="toc">{toc}</ul>{body}</body></html>'
    pictures = {name: picture for source in sources for name, picture in source.pictures.items()}
    return [Layout.decode(lay_out(Source(text, first.css + _COUNTERS, {}, pictures)))]
