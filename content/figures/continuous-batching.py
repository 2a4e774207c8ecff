"""Measured throughput against the speed each user sees, and two schedules of twelve answers."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, INK, MM, RED, label_line, plt, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {  # file's ending, colour, dash, marker
    "H100": ("nvidia-h100-80gb-hbm3", BLUE, "-", "o"),
    "H200": ("nvidia-h200", RED, "--", "s"),
}
SLOTS = 4


def decode_rows(ending):
    record = json.loads((RESULTS / f"language-model.{ending}.json").read_text("utf-8"))
    return [r for r in record["rows"] if r["what"] == "decode" and r["context"] == 1024]


def measured(ax):
    for card, (ending, colour, dash, marker) in CARDS.items():
        found = decode_rows(ending)
        each = [row["tokens_s_each"] for row in found]
        ax.plot(each, [row["tokens_s"] / 1e3 for row in found], marker, color=colour, ls=dash, ms=3)
        for row in found:
            if card == "H100" and row["batch"] in (32, 64, 128, 256):
                ax.text(
                    row["tokens_s_each"] - 14,
                    row["tokens_s"] / 1e3,
                    row["batch"],
                    fontsize=6,
                    ha="right",
                    va="center",
                    color=colour,
                )
    ax.set(xlim=(30, 480), ylim=(0, 47), title="measured, batch 1 to 256")
    ax.set(xlabel="tokens/s for each user", ylabel="1,000 tokens/s for all")
    label_line(ax, 60, 11, "H100,\nbatch", BLUE)
    label_line(ax, 225, 38, "H200", RED)


def static(lengths):
    """Bars (slot, start, length): a batch starts when the one before has ended."""
    bars, start = [], 0
    for first in range(0, len(lengths), SLOTS):
        batch = lengths[first : first + SLOTS]
        bars += [(slot, start, n) for slot, n in enumerate(batch)]
        start += max(batch)
    return bars, start


def continuous(lengths):
    """Bars (slot, start, length): each answer takes the first slot that is free."""
    free, bars = [0] * SLOTS, []
    for n in lengths:
        slot = int(np.argmin(free))
        bars.append((slot, free[slot], n))
        free[slot] += n
    return bars, max(free)


def schedule(ax, plan, title, until):
    bars, end = plan
    for number, (slot, start, n) in enumerate(bars):
        shade = ("0.25", "0.5", "0.72")[number % 3]
        ax.barh(-slot, n, left=start, height=0.8, color=shade, edgecolor="white", linewidth=0.6)
    ax.axvline(end, color=RED, lw=1, ls="--")
    ax.set(xlim=(0, until * 1.04), yticks=[], title=f"{title}: {end} steps")
    ax.spines["left"].set_visible(False)


def main():
    fig = plt.figure(figsize=(80 * MM, 52 * MM))
    left, right = fig.subfigures(1, 2, width_ratios=[1.05, 1])
    measured(left.subplots())
    lengths = np.ceil(-8 * np.log(np.random.default_rng(3).random(12))).astype(int)
    top, bottom = right.subplots(2, 1, sharex=True)
    plans = static(lengths), continuous(lengths)
    schedule(top, plans[0], "static", plans[0][1])
    schedule(bottom, plans[1], "continuous", plans[0][1])
    bottom.set_xlabel("decode steps", color=INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
