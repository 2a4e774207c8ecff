"""Precision against recall for two models, and for one model at four base rates."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save
from two_models import RATE, scores


def curve(y, s, rate=RATE):
    """Recall and precision at each positive's rank, for a base rate."""
    y = y[np.argsort(-s)]
    recall, fpr = np.cumsum(y) / y.sum(), np.cumsum(~y) / (~y).sum()
    precision = rate * recall / (rate * recall + (1 - rate) * fpr + 1e-12)
    return np.round(recall[y], 4), np.round(precision[y], 4)


def main():
    y, a, b = scores()
    fig, (left, right) = figure(80, 46, columns=2)
    left.plot(*curve(y, a), color=BLUE, ls="-")
    left.plot(*curve(y, b), color=RED, ls="--")
    left.axhline(RATE, color=GREY, lw=0.7, ls=":")
    label_line(left, 0.12, 0.72, "A", BLUE, ha="center", va="center")
    label_line(left, 0.62, 0.80, "B", RED, ha="center", va="center")
    label_line(left, 0.02, 0.075, "guessing 0.02", INK, fontsize=6.3)
    left.set_ylabel("precision")
    for rate, text, x, height in (
        (0.5, "50 %", 0.80, 0.80),
        (0.1, "10 %", 0.60, 0.53),
        (0.02, "2 %", 0.37, 0.37),
        (0.002, "0.2 %", 0.135, 0.12),
    ):
        right.plot(*curve(y, a, rate), color=BLUE, ls="-", lw=1.0)
        label_line(right, x, height, text, INK, fontsize=6.5, ha="center", va="center")
    for ax, title in ((left, "2 % positives"), (right, "model A, by base rate")):
        ax.set(xlim=(0, 1), ylim=(0, 1.03), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        ax.set_xlabel("recall")
        ax.set_title(title, loc="left", fontsize=7)
    save(fig, __file__)


if __name__ == "__main__":
    main()
