"""One confusion matrix with its margins, and metrics against the share of positives."""

import numpy as np
from matplotlib.patches import Rectangle

from house import BLUE, INK, RED, figure, label_line, save

RECALL, SPECIFICITY, PEOPLE = 0.90, 0.95, 10_000


def counts(rate):
    positives = rate * PEOPLE
    tp, tn = RECALL * positives, SPECIFICITY * (PEOPLE - positives)
    return tp, positives - tp, PEOPLE - positives - tn, tn


def draw_matrix(ax):
    tp, fn, fp, tn = (round(v) for v in counts(0.01))
    ax.set(xlim=(-0.62, 3.32), ylim=(-0.72, 2.75))
    ax.axis("off")
    cells = (
        (0, 1, tn, "TN", "#dbe7f3"),
        (1, 1, fp, "FP", "#f7e3d6"),
        (0, 0, fn, "FN", "#f7e3d6"),
        (1, 0, tp, "TP", "#dbe7f3"),
    )
    for x, y, value, name, shade in cells:
        ax.add_patch(Rectangle((x, y), 1, 1, fc=shade, ec=INK, lw=0.7))
        ax.text(x + 0.5, y + 0.60, f"{value}", ha="center", va="center", fontsize=7.5)
        ax.text(x + 0.5, y + 0.24, name, ha="center", va="center", fontsize=6.3)
    ax.text(1, 2.48, "called", ha="center", fontsize=6.5)
    for x, text in ((0.5, "healthy"), (1.5, "ill")):
        ax.text(x, 2.12, text, ha="center", fontsize=6.3)
    for y, text in ((1.5, "healthy"), (0.5, "ill")):
        ax.text(-0.08, y, text, ha="right", va="center", fontsize=6.5, rotation=90)
    ax.text(-0.42, 1, "truly", ha="right", va="center", fontsize=6.5, rotation=90)
    ax.text(2.08, 1.5, f"specificity\n{tn / (tn + fp):.2f}", va="center", fontsize=6.3, color=INK)
    ax.text(2.08, 0.5, f"recall\n{tp / (tp + fn):.2f}", va="center", fontsize=6.3, color=INK)
    ax.text(1.5, -0.10, f"precision\n{tp / (tp + fp):.2f}", ha="center", va="top", fontsize=6.5)


def main():
    fig, (left, right) = figure(80, 46, columns=2, width_ratios=[1.1, 1])
    draw_matrix(left)
    rate = np.logspace(-3, np.log10(0.5), 60)
    tp, fn, fp, tn = counts(rate)
    precision = tp / (tp + fp)
    accuracy = (tp + tn) / PEOPLE
    mcc = (tp * tn - fp * fn) / np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    for values, colour, dash in (
        (accuracy, INK, "-."),
        (mcc, RED, "--"),
        (precision, BLUE, "-"),
    ):
        right.plot(np.round(rate, 5), np.round(values, 4), color=colour, ls=dash)
    right.set_xscale("log")
    right.set(xlim=(0.001, 0.5), ylim=(0, 1.02), yticks=[0, 0.5, 1])
    right.set_xticks([0.001, 0.01, 0.1, 0.5], ["0.1 %", "1 %", "10 %", "50 %"])
    right.minorticks_off()
    right.set_xlabel("share of positives")
    label_line(right, 0.0013, 0.87, "accuracy", INK, va="center")
    label_line(right, 0.011, 0.46, "MCC", RED, ha="right", va="center")
    label_line(right, 0.04, 0.20, "precision", BLUE, ha="left", va="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
