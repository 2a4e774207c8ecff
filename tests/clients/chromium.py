"""Chromium without a window: pictures of pages as a person sees them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import find_browser
from clients.running import ClientError, output

OPTIONS = (
    "--headless",
    "--no-sandbox",  # root and containers have none; the pages are our own
    "--disable-dev-shm-usage",  # small in containers
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--virtual-time-budget=10000",  # scripts and fonts are waited for
)


def screenshot(
    source: str | Path, png: Path, width: int = 800, height: int = 1000, *, dark: bool = False
) -> Path:
    """Draw a page, given as an address or a file, by day or by night."""
    address = Path(source).resolve().as_uri() if isinstance(source, Path) else source
    scheme = "0" if dark else "1"  # Blink's own numbers for dark and light
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        output(
            *_command(profile),
            f"--blink-settings=preferredColorScheme={scheme}",
            f"--window-size={width},{height}",
            f"--screenshot={png}",
            address,
        )
    if not png.is_file():
        raise ClientError(f"Chromium drew no picture of {address}")
    return png


def html(source: Path) -> str:
    """Give the page as HTML, after its scripts have run."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        return output(*_command(profile), "--dump-dom", source.resolve().as_uri())


def _command(profile: str) -> list[str]:
    """Give the browser and the options that every use of it has."""
    browser = find_browser()
    if browser is None:
        raise ClientError("there is no Chromium; `make setup` says how to get it")
    return [browser, *OPTIONS, f"--user-data-dir={profile}"]
