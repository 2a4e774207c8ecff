"""Two ROC curves that cross, and the left edge with lines of equal precision."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save
from two_models import RATE, scores


def roc(y, s):
    y = y[np.argsort(-s)]
    tpr = np.r_[0, np.cumsum(y) / y.sum()]
    fpr = np.r_[0, np.cumsum(~y) / (~y).sum()]
    return fpr, tpr


def corners(fpr, tpr):
    """The curve's corners only: the same picture with fewer points."""
    keep = np.ones(len(fpr), bool)
    keep[1:-1] = (np.diff(fpr)[:-1] == 0) != (np.diff(fpr)[1:] == 0)
    return np.round(fpr[keep], 4), np.round(tpr[keep], 4)


def main():
    y, a, b = scores()
    fig, (left, right) = figure(80, 46, columns=2)
    for ax in (left, right):
        for s, colour, dash in ((a, BLUE, "-"), (b, RED, "--")):
            ax.plot(*corners(*roc(y, s)), color=colour, ls=dash)
        ax.set(ylim=(0, 1.02), yticks=[0, 0.5, 1], xlabel="false-positive rate")
    left.plot([0, 1], [0, 1], color=GREY, lw=0.7, ls=":")
    left.set(xlim=(-0.02, 1), xticks=[0, 0.5, 1], ylabel="true-positive rate")
    label_line(left, 0.20, 0.985, "A", BLUE, ha="right", va="center")
    label_line(left, 0.27, 0.82, "B", RED, ha="center", va="center")
    label_line(left, 0.60, 0.50, "guessing", GREY, ha="left", va="center", fontsize=6.5)
    label_line(left, 0.40, 0.28, "AUC", INK, fontsize=6.5)
    label_line(left, 0.40, 0.17, "A 0.947", BLUE, fontsize=6.5)
    label_line(left, 0.40, 0.06, "B 0.923", RED, fontsize=6.5)

    for p, x, height, side in (
        (0.5, 0.022, 0.94, "left"),
        (0.2, 0.073, 0.94, "right"),
        (0.1, 0.1, 0.38, "right"),
    ):
        slope = (1 - RATE) / RATE * p / (1 - p)
        end = min(0.1, 1 / slope)
        right.plot([0, end], [0, round(end * slope, 4)], color=INK, lw=0.6, ls="-")
        label_line(
            right, x, height, f"{p:.0%}".replace("%", " %"), INK, fontsize=6.3, ha=side, va="center"
        )
    label_line(right, 0.1, 0.09, "equal precision", INK, fontsize=6.3, ha="right", va="center")
    right.set(xlim=(-0.001, 0.1), xticks=[0, 0.05, 0.1], xticklabels=["0", "5 %", "10 %"])
    label_line(right, 0.099, 0.92, "A", BLUE, ha="right", va="center")
    label_line(right, 0.099, 0.72, "B", RED, ha="right", va="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
