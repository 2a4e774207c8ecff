"""Look at everything, and put together what was found."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from dlexport.doctor.findings import Report, shown
from dlexport.doctor.libraries import pango
from dlexport.doctor.packages import packages, versions
from dlexport.doctor.surroundings import (
    assets,
    cache,
    numpy,
    templates,
    temporary_folder,
    terminal,
)
from dlexport.engine.workers import processors
from dlexport.version import __version__


def examine() -> Report:
    """Say what this machine has and lacks; only the cache's folder is made, if anything."""
    here = {
        "dlexport": f"{__version__} in {shown(Path(__file__).parents[1])}",
        "Python": f"{platform.python_version()} in {shown(Path(sys.executable))}",
        "system": f"{platform.platform()}, {processors()} processors",
    }
    looks = (assets, templates, cache, temporary_folder, terminal, numpy)
    return Report({**here, **versions()}, [*packages(), pango(), *(look() for look in looks)])
