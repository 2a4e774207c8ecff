"""WeasyPrint as we use it: loaded when it is wanted, served by us, its warnings collected."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from dlexport.exporters.pdf.fonts import truetype
from dlexport.exporters.pdf.machinefonts import machine_fonts
from dlexport.problems import MissingLibraryError

# Addresses of our own; a reserved name (RFC 2606), so that nothing is ever fetched.
BASE = "https://dlexport.invalid/"

# Loaded fonts, and Pango's map of them, serve one thread of a process at a time.
ONE_AT_A_TIME = threading.Lock()


@cache
def weasyprint_library():  # type: ignore[no-untyped-def]  # the library has no types
    """WeasyPrint. Raise MissingLibraryError without Pango."""
    try:
        import weasyprint
    except OSError as error:
        raise MissingLibraryError(
            f"a library that WeasyPrint needs is missing ({str(error).splitlines()[0]}): "
            "install Pango; `dlexport doctor` says how on this system"
        ) from error
    return weasyprint


@cache
def _machine_at_first() -> str:
    """The name from before this process loaded fonts: it may be too old, but never too new."""
    return machine_fonts()


@cache
def loaded_fonts(rules: str, machine: str):  # type: ignore[no-untyped-def]
    """Loaded fonts, their stylesheet, and a name for the fonts that the machine has beside them.

    Loading takes longer than a page, so it is kept, for each state of the machine.
    """
    weasyprint = weasyprint_library()
    machine = machine or _machine_at_first()
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheet = weasyprint.CSS(
        string=rules, url_fetcher=fetcher({}, {}), font_config=fonts, base_url=BASE + "font/"
    )
    return fonts, sheet, machine


@lru_cache(maxsize=16)
def parsed_stylesheet(css: str, font_rules: str, machine: str) -> tuple[Any, tuple[str, ...]]:
    """A parsed stylesheet, which the pieces of a document share, and what is wrong in it."""
    fonts, _, _ = loaded_fonts(font_rules, machine)
    with collected_warnings() as warnings:
        sheet = weasyprint_library().CSS(
            string=css, url_fetcher=fetcher({}, {}), font_config=fonts, base_url=BASE
        )
    return sheet, tuple(warnings)


def fetcher(  # type: ignore[no-untyped-def]
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
def collected_warnings() -> Iterator[list[str]]:
    """What WeasyPrint says in this thread; other threads may print at the same time."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == threading.get_ident():
                found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
