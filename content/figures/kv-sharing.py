"""Decoding attention, measured: the time follows the bytes of the cache."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {  # file, colour, nominal bandwidth in GB/s
    "H100": ("nvidia-h100-80gb-hbm3", RED, 3350),
    "H200": ("nvidia-h200", BLUE, 4800),
}
MARKERS = {32: "s", 8: "o", 1: "^"}


def decode_rows(machine):
    rows = json.loads((RESULTS / f"attention.{machine}.json").read_text(encoding="utf-8"))["rows"]
    return [row for row in rows if row["what"] == "decode attention"]


def main():
    fig, ax = figure(80, 54)
    size = np.array([0.03, 12.0])
    for card, (machine, colour, bandwidth) in CARDS.items():
        dash = "--" if card == "H100" else "-"
        ax.plot(size, size / bandwidth * 1e3, color=colour, ls=dash, lw=0.8)
        for row in decode_rows(machine):
            ax.plot(
                row["cache_GB"],
                row["ms"],
                MARKERS[row["kv_heads"]],
                color=colour,
                ms=4,
                mfc="white" if card == "H200" else colour,
                mew=0.9,
            )
    for kv, marker in MARKERS.items():
        ax.plot([], [], marker, color=GREY, ms=4, label=f"{kv} KV head" + "s" * (kv > 1))
    ax.legend(loc="upper left", handletextpad=0.1)
    ax.set(xscale="log", yscale="log", xlim=(0.006, 14), ylim=(0.008, 6))
    ax.set_xticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    ax.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.set(xlabel="KV cache (GB)", ylabel="time of one step (ms)")
    ax.text(1.5, 1.05, "H100 (filled)", color=RED, fontsize=6.5, ha="right")
    ax.text(2.5, 0.33, "H200 (open)", color=BLUE, fontsize=6.5)
    ax.text(0.1, 0.012, "lines: bytes / bandwidth", color=INK, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
