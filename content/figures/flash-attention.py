"""Causal attention, measured: time and memory with the scores written out and fused."""

import json
from pathlib import Path

from house import BLUE, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
WAYS = {  # how, colour, dash, marker
    "scores written out": (RED, "--", "s"),
    "fused (FlashAttention)": (INK, "-.", "^"),
    "fused (cuDNN)": (BLUE, "-", "o"),
}


def series(machine, how, key):
    rows = json.loads((RESULTS / f"attention.{machine}.json").read_text(encoding="utf-8"))["rows"]
    rows = [r for r in rows if r["what"] == "causal attention" and r["how"] == how and key in r]
    return [r["length"] for r in rows], [r[key] for r in rows]


def main():
    fig, axes = figure(80, 50, columns=2)
    for ax, key in zip(axes, ("forward_ms", "forward_peak_GB"), strict=True):
        for how, (colour, dash, marker) in WAYS.items():
            x, y = series("nvidia-h100-80gb-hbm3", how, key)
            ax.plot(x, y, color=colour, ls=dash, marker=marker, ms=2.6, lw=1)
            x, y = series("nvidia-h200", how, key)
            ax.plot(x, y, color=colour, ls="", marker=marker, ms=4.6, mfc="none", mew=0.6)
        ax.set(xscale="log", yscale="log", xlim=(400, 90000), xlabel="length (tokens)")
        ax.set_xticks([1024, 8192, 65536], ["1k", "8k", "64k"])
        ax.minorticks_off()
    time, memory = axes
    time.set(title="time (ms)", ylim=(0.04, 250))
    time.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    memory.set(title="extra memory (GB)", ylim=(0.001, 250))
    memory.set_yticks([0.001, 0.1, 10], ["0.001", "0.1", "10"])
    time.text(500, 12, "written\nout", color=RED, fontsize=6.5)
    time.text(3900, 0.105, "FlashAttention", color=INK, fontsize=6.5)
    time.text(3900, 0.056, "cuDNN", color=BLUE, fontsize=6.5)
    for y, marker, colour in ((0.122, "^", INK), (0.065, "o", BLUE)):
        time.plot([3000], [y], marker, color=colour, ms=2.6)
    memory.text(500, 0.6, "written\nout", color=RED, fontsize=6.5)
    memory.text(9000, 0.008, "fused", color=BLUE, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
