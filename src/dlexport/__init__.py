"""Markdown questions in, Anki decks, PDFs and EPUB books out.

What programs may use is named in `__all__` and in docs/api.md. It is imported when it is
first wanted, so that the command line answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dlexport.version import __version__ as __version__

if TYPE_CHECKING:
    from dlexport.api import Collection, Html, build, load, plain_text, render, select
    from dlexport.document import Text, from_data, to_data
    from dlexport.exporters import Artifact, Context
    from dlexport.exporters.others import Exporter
    from dlexport.model import Card, Deck, Question
    from dlexport.problems import (
        ContentError,
        DlexportError,
        Place,
        Problem,
        ResourceError,
        UsageError,
    )
    from dlexport.writing import write

__all__ = [
    "Artifact",
    "Card",
    "Collection",
    "ContentError",
    "Context",
    "Deck",
    "DlexportError",
    "Exporter",
    "Html",
    "Place",
    "Problem",
    "Question",
    "ResourceError",
    "Text",
    "UsageError",
    "build",
    "from_data",
    "load",
    "plain_text",
    "render",
    "select",
    "to_data",
    "write",
]
_HOMES = {
    "dlexport.api": ("Collection", "Html", "build", "load", "plain_text", "render", "select"),
    "dlexport.document": ("Text", "from_data", "to_data"),
    "dlexport.exporters": ("Artifact", "Context"),
    "dlexport.exporters.others": ("Exporter",),
    "dlexport.model": ("Card", "Deck", "Question"),
    "dlexport.problems": (
        "ContentError",
        "DlexportError",
        "Place",
        "Problem",
        "ResourceError",
        "UsageError",
    ),
    "dlexport.writing": ("write",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'dlexport' has no attribute {name!r}")
