"""How many words each rule keeps over the temperature, and how logits change with the batch."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {  # file's ending, colour, dash, marker
    "H100": ("nvidia-h100-80gb-hbm3", BLUE, "-", "o"),
    "H200": ("nvidia-h200", RED, "--", "s"),
}
WORDS, TOP_K, TOP_P, MIN_P = 50_000, 50, 0.9, 0.05


def kept(temperature):
    """Words kept by top-p and min-p, for probabilities that fall as the rank to the power 1.2."""
    p = np.arange(1, WORDS + 1) ** (-1.2 / temperature)
    p /= p.sum()
    return np.searchsorted(p.cumsum(), TOP_P) + 1, int((p >= MIN_P * p[0]).sum())


def rules(ax):
    temperatures = np.linspace(0.3, 2, 35)
    nucleus, least = np.array([kept(t) for t in temperatures]).T
    ax.semilogy(temperatures, nucleus, color=BLUE, ls="-")
    ax.semilogy(temperatures, least, color=RED, ls="--")
    ax.axhline(TOP_K, color=INK, ls="-.", lw=1.1)
    ax.set(xlim=(0.3, 2), ylim=(0.8, 60_000), title="words kept of 50,000", xlabel="temperature")
    ax.set_xticks([0.5, 1, 1.5, 2])
    label_line(ax, 0.36, 7000, "top-p 0.9", BLUE)
    label_line(ax, 1.1, 70, "top-k 50", INK)
    label_line(ax, 1.05, 3, "min-p 0.05", RED)


def batches(ax):
    for ending, colour, dash, marker in CARDS.values():
        path = RESULTS / f"language-model.{ending}.json"
        rows = json.loads(path.read_text("utf-8"))["rows"]
        found = [row for row in rows if row["what"].startswith("next token, the same")]
        ax.plot(
            [row["batch"] for row in found],
            [row["largest_difference"] for row in found],
            color=colour,
            ls=dash,
            marker=marker,
            ms=3,
        )
    ax.set_xscale("log", base=2)
    ax.set_xticks([1, 4, 16, 64, 256], ["1", "4", "16", "64", "256"])
    ax.minorticks_off()
    ax.set(ylim=(-0.3, 7.2), title="largest change of a logit", xlabel="batch")
    label_line(ax, 78, 4.7, "H100", BLUE)
    label_line(ax, 22, 5.9, "H200", RED, ha="right")


def main():
    fig, (left, right) = figure(80, 48, columns=2)
    rules(left)
    batches(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
