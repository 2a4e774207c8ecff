"""One HTML text to one PDF: fonts and pictures by their own addresses, nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from dlexport.exporters.pdf.fonts import font_css, truetype
from dlexport.model import Collection, Picture
from dlexport.problems import ResourceError

# Addresses of our own; a reserved name (RFC 2606), so that nothing is ever fetched.
BASE = "https://dlexport.invalid/"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF's bytes, its number of pages, and what WeasyPrint had to say while making it."""

    data: bytes
    pages: int
    warnings: tuple[str, ...]


class Layout:
    """HTML laid out on pages, not yet written.

    What stands on which page can be asked before the rest of a book is laid
    out: WeasyPrint's own page counters would lay out everything three times.
    """

    def __init__(self, html: str, css: str, collection: Collection) -> None:
        """Lay out `html` with the stylesheet `css`. Raise ResourceError without Pango."""
        weasyprint = _weasyprint()
        fetcher = _fetcher({p.name: p for p in collection.pictures.values()})
        font_rules, css = font_css(html, css)
        # The configuration owns the font files, and has to live as long as the pages.
        self._fonts = weasyprint.text.fonts.FontConfiguration()
        self.digest = sha256(html.encode() + css.encode()).digest()
        with _collected_warnings() as self.warnings:
            sheets = [
                weasyprint.CSS(
                    string=text, url_fetcher=fetcher, font_config=self._fonts, base_url=base
                )
                for text, base in ((font_rules, BASE + "font/"), (css, BASE))
            ]
            self.document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=BASE).render(
                stylesheets=sheets, font_config=self._fonts
            )

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.document.pages)

    def page_of_anchors(self) -> dict[str, int]:
        """The page, from 1, on which each anchor stands."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.document.pages, 1):
            for anchor in page.anchors:
                found.setdefault(anchor, number)
        return found

    def heights(self, css_class: str) -> dict[str, float]:
        """The heights in CSS pixels of the blocks of a class, by their ids."""
        found: dict[str, float] = {}
        for page in self.document.pages:
            for box in page._page_box.descendants():
                element = box.element
                if element is not None and css_class in (element.get("class") or "").split():
                    found[element.get("id")] = box.margin_height()
        return found


def write_pdf(*layouts: Layout) -> Pdf:
    """One PDF of the pages of some layouts, in this order; links lead across them.

    Title and other metadata are the first one's. The same input gives the same bytes.
    """
    first, *others = layouts
    warnings = [warning for layout in layouts for warning in layout.warnings]
    document = first.document
    if others:
        document = document.copy([page for part in layouts for page in part.document.pages])
    with _collected_warnings() as more:
        data = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(b"".join(part.digest for part in layouts)).digest()[:16],
        )
    return Pdf(data, len(document.pages), (*warnings, *more))


@cache
def _weasyprint():  # type: ignore[no-untyped-def]  # the library has no types
    try:
        import weasyprint
    except OSError as error:
        raise ResourceError(
            f"a library that WeasyPrint needs is missing ({str(error).splitlines()[0]}): "
            "install Pango. "
            "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "Fedora: dnf install pango; macOS: brew install pango; "
            "Windows: pacman -S mingw-w64-ucrt-x86_64-pango in MSYS2"
        ) from error
    return weasyprint


def _fetcher(pictures: Mapping[str, Picture]):  # type: ignore[no-untyped-def]
    """A fetcher that serves our fonts and the collection's pictures, and refuses the rest."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            kind, _, name = url.removeprefix(BASE).partition("/")
            if url.startswith(BASE) and kind == "picture" and name in pictures:
                picture = pictures[name]
                return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
            if url.startswith(BASE) and kind == "font" and "/" not in name:
                return URLFetcherResponse(url, truetype(name), {"Content-Type": "font/ttf"})
            raise ValueError(f"{url} is no part of the collection")

    return Fetcher(allow_redirects=False)


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
