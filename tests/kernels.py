"""The kernels of NumPy under which the content's programs are tried."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping

from numpy import show_config

from dlexport.check.kernels import NATIVE, plainest

# The oldest kernels are farthest from those of today's processors: they are always tried.
ALWAYS = "plainest"
_ALL = {
    "native": NATIVE,
    "prescott": {"OPENBLAS_CORETYPE": "Prescott"},
    "sandybridge": {"OPENBLAS_CORETYPE": "Sandybridge"},
    "haswell": {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": "X86_V4"},
    "zen": {"OPENBLAS_CORETYPE": "Zen"},
    "numpy-baseline": {"NPY_DISABLE_CPU_FEATURES": "X86_V3"},
}
# Where every kernel was seen to print the same; elsewhere a last digit may differ.
KNOWN = sys.platform == "linux" and platform.machine() == "x86_64"


def names(*, every: bool) -> list[str]:
    """The kernels to try: one, or `every` one that this processor can run."""
    return [ALWAYS, *(name for name in _ALL if _runs(name))] if every else [ALWAYS]


def environment(name: str) -> Mapping[str, str]:
    """What makes NumPy take a kernel."""
    return plainest() if name == ALWAYS else _ALL[name]


def _runs(name: str) -> bool:
    """Whether this processor has what the kernel needs, and what it takes away."""
    found = _found()
    wanted = set(_ALL[name].get("NPY_DISABLE_CPU_FEATURES", "").split())
    newer = "X86_V3" in found or name in ("native", "prescott")
    return name == "native" or (KNOWN and newer and wanted <= found)


def _found() -> set[str]:
    configuration = show_config(mode="dicts") or {}
    return set(configuration.get("SIMD Extensions", {}).get("found", []))
