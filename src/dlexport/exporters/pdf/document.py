"""One HTML text to the pages of a PDF: fonts and pictures by their own addresses, nothing else.

Laying out is a pure function of a `Source`: it can be done in another process,
and its result kept for the next build.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

import pikepdf

from dlexport.exporters.pdf.fonts import font_css, font_file, truetype
from dlexport.exporters.pdf.images import DrawnImage, FormulaImage, PictureImage
from dlexport.exporters.pdf.tags import mend
from dlexport.problems import ResourceError

# Addresses of our own; a reserved name (RFC 2606), so that nothing is ever fetched.
BASE = "https://dlexport.invalid/"
# Before the name of an anchor in a link that leaves the source: `join` makes it a real one.
ELSEWHERE = BASE + "elsewhere/#"


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are laid out from.

    `drawings` are the formulas' SVGs, `pictures` media type and bytes of the
    pictures, both by the addresses that `html` has for them. `measured` is a
    class of blocks whose heights are wanted instead of a PDF. What is not
    `tagged` has no structure of its own: it is laid over other pages.
    """

    html: str
    css: str
    drawings: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    measured: str = ""
    tagged: bool = True

    @property
    def digest(self) -> str:
        """A name for all of it: the same for the same pages."""
        digest = sha256()
        for part in (self.html, self.css, self.measured, str(self.tagged), *sorted(self.drawings)):
            digest.update(sha256(part.encode()).digest())
        for address, (_, data) in sorted(self.pictures.items()):
            digest.update(sha256(address.encode()).digest() + sha256(data).digest())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font of a PDF: the name in its resources, the file it comes from, the glyphs shown.

    `characters` and `widths` (in thousandths of an em) are by the glyphs' numbers.
    """

    key: str
    file: str
    characters: dict[int, str]
    widths: dict[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Laid-out pages: a PDF of their own, and what stands where.

    `anchors` are the pages, from 1, on which anchors stand; `heights`, in CSS
    pixels, those of the measured blocks by their ids.
    """

    data: bytes
    pages: int
    anchors: Mapping[str, int]
    heights: Mapping[str, float]
    warnings: tuple[str, ...]
    fonts: tuple[UsedFont, ...]

    def encode(self) -> bytes:
        """As bytes for the cache or another process."""
        about = {**asdict(replace(self, data=b"")), "data": None}
        return json.dumps(about).encode() + b"\n" + self.data

    @classmethod
    def decode(cls, data: bytes) -> Layout:
        """The layout that `encode` wrote."""
        head, _, body = data.partition(b"\n")
        about = json.loads(head)
        fonts = tuple(
            UsedFont(
                font["key"],
                font["file"],
                {int(glyph): text for glyph, text in font["characters"].items()},
                {int(glyph): width for glyph, width in font["widths"].items()},
            )
            for font in about["fonts"]
        )
        return cls(**about | {"data": body, "warnings": tuple(about["warnings"]), "fonts": fonts})


def lay_out(source: Source) -> bytes:
    """Lay out and write a source; return an encoded `Layout`.

    The same source gives the same bytes. Raise ResourceError without Pango.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher(source.pictures, source.drawings)
    font_rules, css = font_css(source.html, source.css)
    fonts, font_sheet = _fonts(font_rules)
    sheet, said = _stylesheet(css, font_rules)
    with _collected_warnings() as warnings:
        document = weasyprint.HTML(string=source.html, url_fetcher=fetcher, base_url=BASE).render(
            stylesheets=[font_sheet, sheet], font_config=fonts, cache=_images(source)
        )
        data = b"" if source.measured else _written(document, source)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    heights = dict(_heights(document, source.measured)) if source.measured else {}
    fonts = tuple(_used_fonts(document))
    warned = (*said, *warnings)
    return Layout(data, len(document.pages), anchors, heights, warned, fonts).encode()


def _written(document: Any, source: Source) -> bytes:
    name = source.digest[:16]
    data: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1" if source.tagged else None,
        pdf_identifier=name.encode(),
        uncompressed_pdf=True,  # it would be compressed as much as can be, which takes longer
        finisher=(lambda _, pdf: mend(pdf, name)) if source.tagged else None,
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _used_fonts(document: Any) -> Iterator[UsedFont]:
    """The fonts of ours that were written, and what was shown with them."""
    found: dict[str, UsedFont] = {}
    for font in document.fonts.values():
        file = font_file(font.family, font.weight, italic=bool(font.style))
        if file:
            used = found.setdefault(font.hash, UsedFont(font.hash, file, {}, {}))
            used.characters.update(font.to_unicode)
            used.widths.update(font.widths)
    yield from found.values()


def _heights(document: Any, css_class: str) -> Iterator[tuple[str, float]]:
    for page in document.pages:
        for box in page._page_box.descendants():
            element = box.element
            if element is not None and css_class in (element.get("class") or "").split():
                yield element.get("id"), box.margin_height()


def _images(source: Source) -> dict[str, DrawnImage]:
    """WeasyPrint's cache of images, with those that need not be drawn by it."""
    images: dict[str, DrawnImage] = {}
    for address, svg in source.drawings.items():
        with suppress(ValueError):  # the fetcher serves it as an SVG
            images[BASE + address] = FormulaImage(svg)
    for address, (media_type, data) in source.pictures.items():
        if media_type == "image/svg+xml":
            with suppress(ValueError):
                images[BASE + address] = PictureImage(data)
    return images


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


@cache
def _fonts(rules: str):  # type: ignore[no-untyped-def]
    """Loaded fonts and their stylesheet: loading takes longer than a page, so it is kept."""
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheet = weasyprint.CSS(
        string=rules, url_fetcher=_fetcher({}, {}), font_config=fonts, base_url=BASE + "font/"
    )
    return fonts, sheet


@lru_cache(maxsize=16)
def _stylesheet(css: str, font_rules: str) -> tuple[Any, tuple[str, ...]]:
    """A parsed stylesheet, which the pieces of a document share, and what is wrong in it."""
    fonts, _ = _fonts(font_rules)
    with _collected_warnings() as warnings:
        sheet = _weasyprint().CSS(
            string=css, url_fetcher=_fetcher({}, {}), font_config=fonts, base_url=BASE
        )
    return sheet, tuple(warnings)


def _fetcher(  # type: ignore[no-untyped-def]
    pictures: Mapping[str, tuple[str, bytes]], drawings: Mapping[str, str]
):
    """A fetcher that serves our fonts and the source's own pictures, and refuses the rest."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            address = url.removeprefix(BASE) if url.startswith(BASE) else ""
            kind, _, name = address.partition("/")
            if address in pictures:
                media_type, data = pictures[address]
                return URLFetcherResponse(url, data, {"Content-Type": media_type})
            if address in drawings:
                svg = drawings[address].encode()
                return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})
            if kind == "font" and "/" not in name:
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
