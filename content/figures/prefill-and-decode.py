"""Measured roofline of two cards, and decode time over the context beside its lower bound."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {  # name: file's ending, colour, marker, dash
    "H100": ("nvidia-h100-80gb-hbm3", BLUE, "o", "-"),
    "H200": ("nvidia-h200", RED, "s", "--"),
}


def rows(topic, card, what):
    record = json.loads((RESULTS / f"{topic}.{CARDS[card][0]}.json").read_text("utf-8"))
    return [row for row in record["rows"] if row["what"] == what]


def bandwidth(card):
    return rows("rates", card, "copy")[0]["GB_s"]


def roofline(ax):
    x = np.logspace(0, 3.7, 100)
    for card, (_, colour, marker, dash) in CARDS.items():
        found = rows("rates", card, "roofline")
        peak = max(row["TFLOP_s"] for row in found)
        ax.loglog(x, np.minimum(peak, bandwidth(card) * x / 1e3), color=colour, ls=dash, lw=0.9)
        ax.loglog(
            [row["FLOP_per_byte"] for row in found],
            [row["TFLOP_s"] for row in found],
            marker,
            color=colour,
            ms=2.8,
            mfc="white" if card == "H200" else colour,
            mew=0.8,
        )
    ax.set(xlim=(0.7, 6000), ylim=(1.5, 2000), title="rows times a matrix")
    ax.set(xlabel="FLOP per byte", ylabel="TFLOP/s")
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    ax.text(1.6, 2.1, "1 row", fontsize=6.3)
    ax.text(90, 60, "64 rows", fontsize=6.3)
    ax.text(5200, 380, "2,048\nrows", fontsize=6.3, ha="right", va="top")


def decode(ax):
    for card, (_, colour, marker, dash) in CARDS.items():
        found = [row for row in rows("language-model", card, "decode") if row["batch"] == 16]
        parameters = rows("language-model", card, "model")[0]["parameters"]
        contexts = np.array([row["context"] for row in found])
        moved = 2 * parameters / 1e9 + np.array([row["cache_GB"] for row in found])
        times = [row["ms_graph"] for row in found]
        ax.plot(contexts, times, color=colour, ls=dash, marker=marker, ms=2.8, label=card)
        least = moved / bandwidth(card) * 1e3
        ax.plot(
            contexts, least, color=colour, ls=":", lw=1, label="least" if card == "H200" else None
        )
    ax.set_xticks([0, 16384, 32768], ["0", "16k", "32k"])
    ax.set(xlim=(0, 34000), ylim=(0, 12.5), title="decode, batch 16")
    ax.set(xlabel="tokens in the context", ylabel="ms per step")
    ax.legend(loc="upper left", borderaxespad=0.1, labelspacing=0.25, handlelength=2.2)


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    roofline(left)
    decode(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
