"""Memory of a training step by part, measured; of checkpointing by segment length, counted."""

import json
from pathlib import Path

import numpy as np

from house import GREY, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
ROWS = {
    "FP32": "FP32",
    "BF16": "BF16 autocast",
    "BF16,\nrecomp.": "BF16 autocast, activations recomputed",
    "BF16,\nLoRA": "LoRA of rank 16, BF16 autocast",
}
LIGHT = "#9fc1e6"
PARTS = [  # key, name, fill, hatch
    ("weights_GB", "weights", INK, ""),
    ("gradients_GB", "gradients", GREY, ""),
    ("moments_GB", "moments", "white", "/////"),
    ("activations_GB", "activations", LIGHT, ""),
]


def measured():
    text = (RESULTS / "training.nvidia-h100-80gb-hbm3.json").read_text(encoding="utf-8")
    steps = {row["how"]: row for row in json.loads(text)["rows"] if row["what"] == "step"}
    return {name: steps[how] for name, how in ROWS.items()}


def bars(ax):
    steps = measured()
    base = np.zeros(len(steps))
    for key, name, fill, hatch in PARTS:
        height = np.array([row[key] for row in steps.values()])
        ax.bar(
            range(len(steps)),
            height,
            0.62,
            base,
            color=fill,
            hatch=hatch,
            label=name,
            ec=INK,
            lw=0.5,
        )
        base = base + height
    for place, (total, row) in enumerate(zip(base, steps.values(), strict=True)):
        ax.text(place, total + 0.4, f"{row['ms']:.0f} ms", ha="center", fontsize=6.3)
    ax.set_xticks(range(len(steps)), list(steps), fontsize=6.3)
    ax.set(ylim=(0, 27), ylabel="memory (GB)")
    ax.legend(loc="upper right", fontsize=5.8, handlelength=1.1, labelspacing=0.25)


def curve(ax):
    layers = 64
    every = np.arange(1, layers + 1)
    ax.plot(every, np.ceil(layers / every) + every, color=RED, ls="-")
    ax.axhline(layers, color=INK, ls=":", lw=0.9)
    ax.plot([8], [16], "o", color=RED, ms=3.5)
    label_line(ax, 9, 7, "16 at 8", RED, fontsize=6.3)
    label_line(ax, 10, layers + 2, "all kept: 64", INK, fontsize=6.3)
    ax.set(xlim=(0, 64), ylim=(0, 80), xticks=[1, 8, 32, 64])
    ax.set(xlabel="layers per segment", ylabel="layer inputs held")


def main():
    fig, (left, right) = figure(80, 52, columns=2, width_ratios=(1.75, 1))
    bars(left)
    curve(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
