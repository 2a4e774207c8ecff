"""Time of a product over the share of weights kept: only some zeros save time (measured)."""

import json
from pathlib import Path

from house import BLUE, GREY, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
WAYS = {  # the file's name: colour, dash, marker
    "zeros kept as numbers": (INK, "-", "o"),
    "CSR": (BLUE, "--", "s"),
    "two of each four, cuSPARSELt": (RED, "-", "^"),
}


def main():
    path = RESULTS / "layers.nvidia-h100-80gb-hbm3.json"
    rows = json.loads(path.read_text("utf-8"))["rows"]
    rows = [row for row in rows if row["what"] == "sparse weights"]
    fig, axes = figure(80, 48, columns=2, sharey=True)
    for ax, columns in zip(axes, (64, 4096), strict=True):
        found = [row for row in rows if row["m"] == columns]
        dense = next(row["ms"] for row in found if row["how"] == "dense")
        ax.axhline(dense, color=GREY, lw=0.8, ls=":")
        for how, (colour, dash, marker) in WAYS.items():
            chosen = [row for row in found if row["how"] == how]
            ax.loglog(
                [100 * row["kept"] for row in chosen],
                [row["ms"] for row in chosen],
                color=colour,
                ls=dash,
                marker=marker,
                ms=3.4,
            )
        ax.set(xlim=(0.7, 90), title=f"{columns:,} columns", xlabel="weights kept (%)")
        ax.set_xticks([1, 10, 50], ["1", "10", "50"])
        ax.minorticks_off()
    axes[0].set(ylim=(0.02, 150), ylabel="ms")
    axes[0].set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    label_line(axes[0], 4, 0.9, "CSR", BLUE)
    label_line(axes[0], 13, 0.3, "2 of 4", RED)
    label_line(axes[0], 1.1, 0.03, "dense (dotted)", "#5a5a5a")
    label_line(axes[1], 1.1, 0.13, "zeros kept as\nnumbers", INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
