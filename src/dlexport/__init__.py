"""Markdown questions in, Anki decks, PDFs and EPUB books out."""

__version__ = "0.1.0"
