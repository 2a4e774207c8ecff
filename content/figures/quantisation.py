"""Rounding errors of eight and four bits with large channels, and time over the rows (measured)."""

import json
from pathlib import Path

from house import BLUE, GOLD, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
WAYS = {  # the file's name: ours
    "INT8, one scale each": "INT8, one scale each",
    "INT8, a scale per token and output": "INT8, per token",
    "FP8 E4M3, one scale each": "FP8, one scale each",
    "INT8, smoothed, per token and output": "INT8, smoothed",
    "INT8, the six large channels kept": "INT8, large kept",
    "weights INT4, a scale per output": "weights INT4",
    "weights INT4, a scale per 128": "weights INT4, per 128",
    "weights INT8, a scale per output": "weights INT8",
    "BF16": "BF16",
}
FORMATS = {  # the file's name: colour, dash, marker
    "BF16 weights": (INK, "-", "o"),
    "FP8 weights and rows": (BLUE, "--", "s"),
    "INT4 weights": (RED, "-.", "^"),
}


def rows(what):
    record = json.loads((RESULTS / "layers.nvidia-h100-80gb-hbm3.json").read_text("utf-8"))
    return [row for row in record["rows"] if row["what"] == what]


def errors(ax):
    found = {row["how"]: row["relative_error"] for row in rows("rounding")}
    for place, (how, name) in enumerate(WAYS.items()):
        weights = name.startswith("weights")
        colour = GOLD if weights else BLUE
        ax.plot([1e-3, found[how]], [-place] * 2, color="0.8", lw=0.8, ls="-", zorder=1)
        ax.plot(found[how], -place, "s" if weights else "o", color=colour, ms=3.6)
        ax.text(found[how] * 1.5, -place, f"{found[how]:.2g}", va="center", fontsize=5.8)
    ax.set_xscale("log")
    ax.set_yticks([-i for i in range(len(WAYS))], list(WAYS.values()))
    ax.tick_params(axis="y", length=0, labelsize=6)
    ax.set(xlim=(1e-3, 1.4), xlabel="relative error", title="rounding")
    ax.set_xticks([1e-2, 1e-1, 1], ["0.01", "0.1", "1"])


def times(ax):
    for how, (colour, dash, marker) in FORMATS.items():
        found = [row for row in rows("few rows") if row["how"] == how]
        ax.loglog(
            [row["m"] for row in found],
            [row["ms"] * 1e3 for row in found],
            color=colour,
            ls=dash,
            marker=marker,
            ms=3,
        )
    ax.set(ylim=(15, 2000), xlabel="rows", ylabel="microseconds", title="one product")
    ax.set_xticks([1, 4, 16, 64, 256], ["1", "4", "16", "64", "256"])
    ax.set_yticks([20, 100, 1000], ["20", "100", "1000"])
    ax.minorticks_off()
    label_line(ax, 1, 65, "BF16", INK)
    label_line(ax, 30, 21, "FP8", BLUE)
    label_line(ax, 1, 420, "INT4,\nold kernel", RED)


def main():
    fig, (left, right) = figure(80, 54, columns=2, width_ratios=[1, 1.1])
    errors(left)
    times(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
