"""Multiplications and measured time of convolution variants, relative to the ordinary layer."""

import json
from pathlib import Path

from house import BLUE, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
NAMES = {
    "3x3": "3×3",
    "3x3, dilation 2": "3×3, dilation 2",
    "3x3 in 32 groups": "3×3, 32 groups",
    "depthwise, then 1x1": "separable",
    "1x1": "1×1",
    "7x7 depthwise": "7×7 depthwise",
    "3x3 depthwise": "3×3 depthwise",
}


def main():
    rows = json.loads((RESULTS / "layers.nvidia-h100-80gb-hbm3.json").read_text("utf-8"))["rows"]
    found = {row["kind"]: row for row in rows if row["what"] == "convolution"}
    base = found["3x3"]
    fig, ax = figure(80, 50)
    for place, kind in enumerate(NAMES):
        work = found[kind]["GFLOP"] / base["GFLOP"]
        time = found[kind]["ms"] / base["ms"]
        ax.plot([work, time], [place, place], color="0.75", lw=0.8, ls="-", zorder=1)
        ax.plot(work, place, color=BLUE, marker="o", ms=4, ls="none")
        ax.plot(time, place, color=RED, marker="s", ms=4, ls="none", mfc="white")
    ax.set_yticks(range(len(NAMES)), NAMES.values())
    ax.invert_yaxis()
    ax.set(xscale="log", xlim=(2.5e-3, 1.8), xlabel="relative to the ordinary 3×3 layer")
    ax.set_xticks([1 / 256, 1 / 32, 1 / 8, 1], ["1/256", "1/32", "1/8", "1"])
    ax.minorticks_off()
    ax.axvline(1, color=INK, lw=0.5, ls=":")
    ax.text(1 / 300, 5.6, "multiplications", color=BLUE)
    ax.text(0.36, 5.75, "time", color=RED, ha="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
