"""Zstandard, in which Anki writes its packages: Python's own from 3.14 on, else its backport."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdError, decompress
else:
    from backports.zstd import ZstdError, decompress

__all__ = ["ZstdError", "decompress"]
