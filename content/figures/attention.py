"""Causal attention weights of a short sentence, and what the scale does."""

import numpy as np
from matplotlib.patches import Rectangle

from house import BLUE, GREY, INK, RED, figure, label_line, save

WORDS = ["the", "cat", "saw", "the", "dog", "too"]


def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def causal_weights(width=16):
    """Self-attention weights; queries and keys are the words' random embeddings."""
    rng = np.random.default_rng(4)
    table = {word: rng.normal(0, 0.75, width) for word in sorted(set(WORDS))}
    x = np.array([table[word] for word in WORDS])
    scores = x @ x.T / np.sqrt(width)
    allowed = np.tri(len(WORDS), dtype=bool)
    return np.round(softmax(np.where(allowed, scores, -np.inf)), 4), allowed


def largest_weight(widths, keys=16, draws=1000):
    """Mean largest weight among `keys` keys, without and with the scale."""
    rng = np.random.default_rng(0)
    rows = []
    for d in widths:
        q = rng.normal(size=(draws, 1, d))
        scores = (q * rng.normal(size=(draws, keys, d))).sum(axis=2)
        rows.append([softmax(s).max(axis=1).mean() for s in (scores, scores / np.sqrt(d))])
    return np.round(rows, 4).T


def main():
    fig, (left, right) = figure(80, 48, columns=2, width_ratios=[1.15, 1])
    weights, allowed = causal_weights()
    n = len(WORDS)
    left.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), aspect="equal")
    for i in range(n):
        for j in range(n):
            if not allowed[i, j]:
                left.text(j, i, "\u2013", ha="center", va="center", fontsize=6, color=GREY)
                continue
            shade = 1 - 0.8 * weights[i, j]
            left.add_patch(
                Rectangle((j - 0.5, i - 0.5), 1, 1, fc=(shade, shade, shade), ec="white", lw=0.6)
            )
            color = "white" if weights[i, j] > 0.55 else INK
            text = "1" if weights[i, j] == 1 else f"{weights[i, j]:.2f}".lstrip("0")
            left.text(j, i, text, ha="center", va="center", fontsize=6, color=color)
    left.set_xticks(range(n), WORDS, rotation=90)
    left.set_yticks(range(n), WORDS)
    left.tick_params(length=0)
    left.set_xlabel("key")
    left.set_ylabel("query")
    left.set_title("Causal weights", loc="left")
    for side in ("left", "bottom"):
        left.spines[side].set_visible(False)

    widths = [4, 16, 64, 256, 1024]
    raw, scaled = largest_weight(widths)
    right.plot(widths, raw, color=RED, ls="--", marker="s", ms=2.5)
    right.plot(widths, scaled, color=BLUE, ls="-", marker="o", ms=2.5)
    right.set_xscale("log", base=2)
    right.set_xticks([4, 64, 1024], ["4", "64", "1024"])
    right.set_ylim(0, 1.02)
    right.set_yticks([0, 0.5, 1])
    right.set_xlabel("key width $d_k$")
    right.set_title("Largest of 16 weights", loc="left")
    label_line(right, 1100, 0.7, "not scaled", RED, ha="right")
    label_line(right, 1100, 0.12, r"divided by $\sqrt{d_k}$", BLUE, ha="right")
    save(fig, __file__)


if __name__ == "__main__":
    main()
