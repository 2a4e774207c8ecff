"""Memory of one training step by part: all weights, and two kinds of LoRA (measured)."""

import json
from pathlib import Path

from house import BLUE, GOLD, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
RUNS = {
    "BF16 autocast": "all weights",
    "LoRA of rank 16, BF16 autocast": "LoRA,\nrank 16",
    "LoRA of rank 16, frozen weights in BF16": "LoRA, frozen\nweights BF16",
    "BF16 autocast, activations recomputed": "all weights,\nrecomputing",
}
PARTS = {  # key of a row: label, colour, hatch
    "weights_GB": ("weights", INK, ""),
    "gradients_GB": ("gradients", GOLD, "///"),
    "moments_GB": ("Adam's moments", RED, "..."),
    "activations_GB": ("activations", BLUE, ""),
}


def rows():
    record = json.loads((RESULTS / "training.nvidia-h100-80gb-hbm3.json").read_text("utf-8"))
    return {row["how"]: row for row in record["rows"] if row["what"] == "step"}


def main():
    fig, ax = figure(80, 50)
    found = rows()
    for place, how in enumerate(RUNS):
        row, left = found[how], 0.0
        for key, (label, colour, hatch) in PARTS.items():
            ax.barh(
                -place,
                row[key],
                left=left,
                height=0.62,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.4,
                label=label if place == 0 else None,
            )
            left += row[key]
        ax.text(left + 0.25, -place, f"{row['ms']:.0f} ms", va="center", fontsize=6.5)
    ax.set_yticks([-place for place in range(len(RUNS))], list(RUNS.values()))
    ax.set(xlim=(0, 18.2), ylim=(-3.5, 1.25), xlabel="GB of device memory, and time per step")
    ax.set_xticks([0, 5, 10, 15])
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="upper left", ncols=2, bbox_to_anchor=(-0.02, 1.06), handlelength=1.4)
    save(fig, __file__)


if __name__ == "__main__":
    main()
