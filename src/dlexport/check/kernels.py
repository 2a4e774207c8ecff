"""Kernels: which of several routines NumPy computes with on this processor.

NumPy and its linear algebra choose the newest instructions that a processor has.
Another routine adds in another order, and the last bit of a result may differ.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Mapping

# OpenBLAS's names of the oldest processor of a family: its kernels run on all of them.
_OLDEST = {"x86_64": "Prescott", "AMD64": "Prescott", "aarch64": "ARMV8", "arm64": "ARMV8"}
_FOUND = """
import numpy
print(*numpy.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", []))
"""

NATIVE: Mapping[str, str] = {}  # what NumPy chooses by itself
# One thread for linear algebra: how many there are decides on the order of sums, too.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def plainest() -> Mapping[str, str]:
    """The environment in which NumPy computes as on the oldest processor it runs on.

    It changes nothing where NumPy is not installed, or is linked to a library that has no
    choice (Apple's Accelerate).
    """
    kernel = {"MKL_CBWR": "COMPATIBLE"}  # Intel's library; the others do not read it
    if oldest := _OLDEST.get(platform.machine()):
        kernel["OPENBLAS_CORETYPE"] = oldest
    if found := _found():
        kernel["NPY_DISABLE_CPU_FEATURES"] = found
    return kernel


def _found() -> str:
    """The instructions beyond the oldest that NumPy finds here, with blanks between them."""
    asked = [sys.executable, "-I", "-c", _FOUND]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout.strip()
