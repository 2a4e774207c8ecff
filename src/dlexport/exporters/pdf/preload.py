"""What laying out and joining need. Loading it takes a second; workers are copies of what did."""

from __future__ import annotations

import gc
from contextlib import suppress

with suppress(OSError):  # Pango is missing: whoever lays out first will say so
    import weasyprint  # noqa: F401

import dlexport.exporters.pdf.document
import dlexport.exporters.pdf.join  # noqa: F401

# A look for garbage would write to each object, and the copies would share it no longer.
gc.freeze()
