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
    """A PDF's bytes and what WeasyPrint had to say while making it."""

    data: bytes
    pages: int
    warnings: tuple[str, ...]


def make_pdf(html: str, css: str, collection: Collection) -> Pdf:
    """Lay out `html` with the stylesheet `css`; the same input gives the same bytes.

    Raise ResourceError where WeasyPrint's system libraries are missing.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher({p.name: p for p in collection.pictures.values()})
    font_rules, css = font_css(html, css)
    fonts = weasyprint.text.fonts.FontConfiguration()
    with _collected_warnings() as warnings:
        sheets = [
            weasyprint.CSS(string=text, url_fetcher=fetcher, font_config=fonts, base_url=base)
            for text, base in ((font_rules, BASE + "font/"), (css, BASE))
        ]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=BASE).render(
            stylesheets=sheets, font_config=fonts
        )
        data = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(html.encode() + css.encode()).digest()[:16],
            presentational_hints=False,
        )
    return Pdf(data, len(document.pages), tuple(warnings))


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
