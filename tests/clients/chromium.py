"""Chromium without a window: pages as a person sees them, each with a profile of its own."""

from __future__ import annotations

from pathlib import Path

from clients import browser_service
from clients.running import ClientError


def screenshot(
    source: str | Path, png: Path, width: int = 800, height: int = 1000, *, dark: bool = False
) -> Path:
    """Draw a page, given as an address or a file, by day or by night."""
    address = Path(source).resolve().as_uri() if isinstance(source, Path) else source
    browser_service.ask(
        screenshot=address, png=str(png.resolve()), width=width, height=height, dark=dark
    )
    if not png.is_file():
        raise ClientError(f"Chromium drew no picture of {address}")
    return png


def html(source: Path) -> str:
    """Give the page as HTML, after its scripts have run."""
    return str(browser_service.ask(html=source.resolve().as_uri()))
