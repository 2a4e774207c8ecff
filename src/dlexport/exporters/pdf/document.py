"""One HTML text to the pages of a PDF: fonts and pictures by their own addresses, nothing else.

Laying out is a pure function of a `Source`: it can be done in another process,
and its result kept for the next build.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

import pikepdf

from dlexport.exporters.pdf.fonts import font_css, font_file, is_our_family, is_ours
from dlexport.exporters.pdf.images import DrawnImage, FormulaImage, PictureImage
from dlexport.exporters.pdf.library import (
    BASE,
    ONE_AT_A_TIME,
    collected_warnings,
    fetcher,
    loaded_fonts,
    parsed_stylesheet,
    weasyprint_library,
)
from dlexport.exporters.pdf.tags import mend

# Before the name of an anchor in a link that leaves the source: `join` makes it a real one.
ELSEWHERE = BASE + "elsewhere/#"


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are laid out from.

    `drawings` are the formulas' SVGs, `pictures` media type and bytes of the
    pictures, both by the addresses that `html` has for them. `measured` is a
    class of blocks whose heights are wanted instead of a PDF. What is not
    `tagged` has no structure of its own: it is laid over other pages. `machine` is a name for
    the fonts of this machine, once it is known that one of them is wanted.
    """

    html: str
    css: str
    drawings: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    measured: str = ""
    tagged: bool = True
    machine: str = ""

    @property
    def digest(self) -> str:
        """A name for all of it: the same for the same pages."""
        if self.machine:
            return sha256(f"{self.machine} {self.name}".encode()).hexdigest()
        return self.name

    @property
    def name(self) -> str:
        """A name for what is laid out, whatever fonts the machine has."""
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
    pixels, those of the measured blocks by their ids. `machine` is a name for the fonts of the
    machine that laid them out, where a font was wanted that is not ours, else empty.
    """

    data: bytes
    pages: int
    anchors: Mapping[str, int]
    heights: Mapping[str, float]
    warnings: tuple[str, ...]
    fonts: tuple[UsedFont, ...]
    machine: str

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
    with ONE_AT_A_TIME:
        return _laid_out(source).encode()


def _laid_out(source: Source) -> Layout:
    weasyprint = weasyprint_library()
    serve = fetcher(source.pictures, source.drawings)
    font_rules, css = font_css(source.html, source.css)
    fonts, font_sheet, machine = loaded_fonts(font_rules, source.machine)
    sheet, said = parsed_stylesheet(css, font_rules, source.machine)
    with collected_warnings() as warnings:
        document = weasyprint.HTML(string=source.html, url_fetcher=serve, base_url=BASE).render(
            stylesheets=[font_sheet, sheet],
            font_config=fonts,
            cache=_images(source),
            presentational_hints=True,  # where lists begin, and what they count with
        )
        data = b"" if source.measured else _written(document, source)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    heights = dict(_heights(document, source.measured)) if source.measured else {}
    fonts = tuple(_used_fonts(document))
    warned = (*said, *warnings)
    theirs = machine if _wants_others(document, source, warned) else ""
    return Layout(data, len(document.pages), anchors, heights, warned, fonts, theirs)


def _written(document: Any, source: Source) -> bytes:
    name = source.name[:16]
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


def _wants_others(document: Any, source: Source, warnings: Iterable[str]) -> bool:
    """Whether fonts of the machine were taken, or wanted in vain.

    What is only measured writes no fonts: there the characters decide.
    """
    if source.measured:
        return not is_ours(source.html)
    others = any(not is_our_family(font.family) for font in document.fonts.values())
    return others or any("unsupported by fonts" in warning for warning in warnings)


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
