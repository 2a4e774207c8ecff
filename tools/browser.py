"""Find a browser of Chromium's family on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> str | None:
    """Give the browser's program: the variable CHROMIUM first, then the usual names and places."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        return shutil.which(asked)
    found = (shutil.which(name) for name in (*NAMES, *PLACES))
    return next((Path(program).as_posix() for program in found if program), None)
