"""Two networks of equally many parameters, and what a fixed budget buys at each depth."""

from itertools import pairwise

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

BUDGET, INPUTS, OUTPUTS = 1_000_000, 64, 10


def parameters(sizes):
    return sum(m * n + m for n, m in pairwise(sizes))


def widest(depth):
    """The width of `depth` equal hidden layers that the budget allows."""
    width = 1
    while parameters([INPUTS, *[width + 1] * depth, OUTPUTS]) <= BUDGET:
        width += 1
    return width


def network(ax, sizes, left, right, bottom):
    """Draw the layers as columns of dots, with all connections."""
    columns = [
        [(x, bottom + (i - (n - 1) / 2) * 0.55) for i in range(n)]
        for x, n in zip(np.linspace(left, right, len(sizes)), sizes, strict=True)
    ]
    for here, there in pairwise(columns):
        for a in here:
            for b in there:
                ax.plot(*zip(a, b, strict=True), color=GREY, lw=0.3, ls="-", zorder=0)
    for column in columns:
        ax.plot(*zip(*column, strict=True), "o", color=INK, ms=2.1, ls="")


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    wide, deep = [2, 12, 1], [2, 3, 3, 3, 3, 1]
    network(left, wide, 0, 2, 6.2)
    network(left, deep, 0, 5, 0.6)
    left.text(2.6, 6.2, f"1 hidden layer\n{parameters(wide)} parameters", va="center", fontsize=6.5)
    text = f"4 hidden layers\n{parameters(deep)} parameters"
    left.text(2.5, -1.4, text, va="center", ha="center", fontsize=6.5)
    left.set(xlim=(-0.3, 5.6), ylim=(-2.4, 9.6))
    left.axis("off")
    depths = [1, 2, 3, 5, 9, 17, 33, 65]
    right.loglog(depths, [widest(d) for d in depths], color=BLUE, ls="-", marker="o", ms=2.5)
    right.loglog(depths, [d + 1 for d in depths], color=RED, ls="--", marker="s", ms=2.2)
    label_line(right, 3.2, 1300, "width", BLUE)
    label_line(right, 1.0, 17, "matrix products,\none after another", RED, fontsize=6.2)
    right.set_xlabel("hidden layers")
    right.set_title("One million parameters", loc="left", fontsize=6.8)
    right.set_xticks([1, 4, 16, 64], ["1", "4", "16", "64"])
    right.minorticks_off()
    save(fig, __file__)


if __name__ == "__main__":
    main()
