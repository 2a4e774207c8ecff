"""A document as our Markdown: what a reader reads back as the same document."""

from dlexport.writing.blocks import write, write_line

__all__ = ["write", "write_line"]
