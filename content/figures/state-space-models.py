"""Linear and softmax attention: measured time over the length, and recall of stored pairs."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {"nvidia-h100-80gb-hbm3": {"marker": "o"}, "nvidia-h200": {"marker": "s", "mfc": "white"}}


def measured(card, how):
    rows = json.loads((RESULTS / f"attention.{card}.json").read_text("utf-8"))["rows"]
    found = [r for r in rows if r["what"] == "linear attention" and r["how"] == how]
    return [r["length"] for r in found], [r["ms"] for r in found]


def unit_keys(pairs, width, rng):
    keys = rng.standard_normal((pairs, width))
    return keys / np.linalg.norm(keys, axis=1, keepdims=True)


def recall(pairs, softmax, rng, width=32):
    """The share of random pairs whose value comes back nearest to itself."""
    keys = unit_keys(pairs, width, rng)
    values = np.sign(rng.standard_normal((pairs, width)))
    scores = keys @ keys.T
    weights = np.exp(width * scores) if softmax else scores
    read = weights @ values
    return ((read @ values.T).argmax(axis=1) == np.arange(pairs)).mean()


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    for card, style in CARDS.items():
        left.plot(*measured(card, "softmax, fused"), color=RED, ls="--", lw=1, ms=2.5, **style)
        left.plot(
            *measured(card, "linear, chunks of 256"), color=BLUE, ls="-", lw=1, ms=2.5, **style
        )
    left.set(xscale="log", yscale="log", xlabel="length", title="time (ms)", ylim=(0.05, 900))
    left.set_xticks([1024, 8192, 65536], ["1k", "8k", "64k"])
    left.minorticks_off()
    label_line(left, 1100, 60, "softmax", RED)
    label_line(left, 24000, 0.35, "linear", BLUE)
    label_line(left, 1100, 330, "● H100  □ H200", INK, fontsize=6)

    rng = np.random.default_rng(0)
    pairs = [8, 16, 32, 64, 128, 256]
    for softmax, color, dash in ((True, RED, "--"), (False, BLUE, "-")):
        found = [np.mean([recall(n, softmax, rng) for _ in range(20)]) for n in pairs]
        right.plot(pairs, np.round(found, 2), color=color, ls=dash, marker="o", ms=2.5)
    right.set(xscale="log", xlabel="pairs stored", title="share recalled", ylim=(0, 1.12))
    right.set_xticks([8, 32, 128], ["8", "32", "128"])
    right.minorticks_off()
    label_line(right, 60, 1.04, "softmax", RED)
    label_line(right, 9, 0.25, "fixed\nstate", BLUE)
    save(fig, __file__)


if __name__ == "__main__":
    main()
