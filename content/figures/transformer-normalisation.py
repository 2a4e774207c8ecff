"""Measured times of normalisation and GELU: one kernel, compiled, operation by operation."""

import json
from pathlib import Path

from house import BLUE, GREY, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARD = "nvidia-h100-80gb-hbm3"
WAYS = [
    ("LayerNorm, one kernel", BLUE, ""),
    ("RMSNorm, one kernel", BLUE, ""),
    ("RMSNorm, compiled", GREY, "//"),
    ("RMSNorm, operation by operation", RED, "xx"),
    ("GELU (tanh), one kernel", BLUE, ""),
    ("GELU (tanh), compiled", GREY, "//"),
    ("GELU (tanh), operation by operation", RED, "xx"),
]


def rows(name):
    return json.loads((RESULTS / f"{name}.{CARD}.json").read_text("utf-8"))["rows"]


def copy_rate():
    """The rate in GB/s of a plain copy, reading and writing counted."""
    return max(row["GB_s"] for row in rows("rates") if row["what"] == "copy")


def main():
    found = {row["how"]: row for row in rows("layers") if row["what"] == "elementwise"}
    least = found["RMSNorm, one kernel"]["least_GB"] / copy_rate() * 1e3
    fig, ax = figure(80, 48)
    for place, (how, color, hatch) in enumerate(WAYS):
        time = found[how]["ms"]
        ax.barh(place, time, color="white", edgecolor=color, hatch=hatch, lw=1.2, height=0.62)
        ax.text(time + 0.02, place, f"{time:.2f}", va="center", fontsize=6.5)
    names = [how.replace("operation by operation", "by operations") for how, _, _ in WAYS]
    ax.set_yticks(range(len(WAYS)), names)
    ax.invert_yaxis()
    ax.axvline(least, color=INK, lw=0.7, ls=":")
    ax.set(xlabel="milliseconds", xlim=(0, 1.15), xticks=[0, 0.5, 1])
    save(fig, __file__)


if __name__ == "__main__":
    main()
