"""A small mixture of experts, trained with and without balancing; and a large layer, measured."""

import json
from pathlib import Path

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
EXPERTS, WIDTH, TOKENS, STEPS = 8, 8, 256, 800


def shares(balance, seed=0):
    """Share of tokens per expert over the last 100 steps; `balance` is the step of the bias."""
    rng = np.random.default_rng(seed)
    centre = rng.standard_normal((EXPERTS, WIDTH))
    truth = rng.standard_normal((EXPERTS, WIDTH, WIDTH)) / WIDTH**0.5
    router = 0.1 * rng.standard_normal((WIDTH, EXPERTS))
    weights = 0.1 * rng.standard_normal((EXPERTS, WIDTH, WIDTH))
    bias, total = np.zeros(EXPERTS), np.zeros(EXPERTS)
    for step in range(STEPS):
        topic = rng.integers(EXPERTS, size=TOKENS)
        x = centre[topic] + 0.3 * rng.standard_normal((TOKENS, WIDTH))
        p = np.exp(x @ router)
        p /= p.sum(1, keepdims=True)
        i = (p + bias).argmax(1)
        gate = p[np.arange(TOKENS), i, None]
        h = np.einsum("nd,nde->ne", x, weights[i])
        error = gate * h - np.einsum("nd,nde->ne", x, truth[topic])
        slope = (np.eye(EXPERTS)[i] - p) * gate * (error * h).sum(1, keepdims=True)
        router -= 0.3 * x.T @ slope / TOKENS
        for e in np.unique(i):
            mine = i == e
            weights[e] -= 0.1 * x[mine].T @ (gate * error)[mine] / mine.sum()
        load = np.bincount(i, minlength=EXPERTS) / TOKENS
        bias += balance * np.sign(1 / EXPERTS - load)
        total += load * (step >= STEPS - 100)
    return np.round(np.sort(total)[::-1], 0)  # of 100, so in per cent


def times(how):
    path = RESULTS / "layers.nvidia-h100-80gb-hbm3.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    rows = [r for r in rows if r["what"] == "feed-forward" and r["how"] == how]
    return [r["tokens"] for r in rows], [r["ms"] for r in rows]


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    rank = np.arange(EXPERTS)
    left.bar(rank - 0.2, shares(0.0), 0.4, color=RED, hatch="////", edgecolor="white", lw=0)
    left.bar(rank + 0.2, shares(0.01), 0.4, color=BLUE)
    left.axhline(100 / EXPERTS, color=INK, lw=0.6, ls=":")
    left.set(title="tokens per expert (%)", xlabel="experts by load", xticks=rank)
    left.set_xticklabels(rank + 1)
    left.text(1.7, 33, "no balancing", color=RED, fontsize=6.5)
    left.text(2.9, 16, "with bias", color=BLUE, fontsize=6.5)
    lines = (
        ("dense, the size of eight", RED, "--", "s"),
        ("two of eight experts", BLUE, "-", "o"),
        ("dense, the size of two", GREY, "-.", "^"),
    )
    for how, colour, dash, marker in lines:
        x, y = times(how)
        right.plot(x, y, color=colour, ls=dash, marker=marker, ms=2.8, lw=1)
    right.set(xscale="log", yscale="log", title="time (ms)", xlabel="tokens", ylim=(0.05, 25))
    right.set_xticks([16, 256, 4096], ["16", "256", "4k"])
    right.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    right.minorticks_off()
    right.text(15, 12, "dense,\nsize of 8", color=RED, fontsize=6.5, va="center")
    right.text(15, 2.2, "2 of 8 experts", color=BLUE, fontsize=6.5, va="center")
    right.text(90, 0.08, "dense, size of 2", color="#5a5a5a", fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
