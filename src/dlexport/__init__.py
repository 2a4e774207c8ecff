"""Markdown questions in, Anki decks, PDFs and EPUB books out."""

from importlib.metadata import version as _version

__version__ = _version("dlexport")
