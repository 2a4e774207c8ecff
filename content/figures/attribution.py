"""Three attributions of one function: gradient times input, integrated gradients, Shapley."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np

from house import BLUE, GOLD, INK, RED, figure, save

X, BASE = np.array([2.0, 2.0, 1.0, 5.0]), np.zeros(4)


def f(x: np.ndarray) -> float:
    return float(np.tanh(3 * x[0]) + x[1] ** 2 * x[2])


def grad(x: np.ndarray) -> np.ndarray:
    return np.array([3 / np.cosh(3 * x[0]) ** 2, 2 * x[1] * x[2], x[1] ** 2, 0.0])


def integrated(steps: int = 200) -> np.ndarray:
    mid = (np.arange(steps) + 0.5) / steps
    return (X - BASE) * np.mean([grad(BASE + a * (X - BASE)) for a in mid], axis=0)


def shapley() -> np.ndarray:
    phi = np.zeros(4)
    for i in range(4):
        rest = [j for j in range(4) if j != i]
        for k in range(4):
            for s in combinations(rest, k):
                weight = factorial(k) * factorial(3 - k) / factorial(4)
                with_i = f(np.where([j in s or j == i for j in range(4)], X, BASE))
                phi[i] += weight * (with_i - f(np.where([j in s for j in range(4)], X, BASE)))
    return phi


def main() -> None:
    fig, (left, right) = figure(80, 46, columns=2, width_ratios=[1, 1.35])
    a = np.linspace(0, 1, 101)
    slope = np.round(2 * 3 / np.cosh(6 * a) ** 2, 4)
    left.fill_between(a, slope, color=BLUE, alpha=0.2, linewidth=0)
    left.plot(a, slope, color=BLUE, linestyle="-")
    left.plot(1, slope[-1], "o", color=RED, markersize=4, clip_on=False)
    left.text(0.28, 3.0, "area =\nintegrated\ngradient = 1.0", color=BLUE, fontsize=6.5)
    left.annotate(
        "gradient at\nthe input: 0.0",
        (1, 0.05),
        (0.99, 1.15),
        ha="right",
        color=RED,
        fontsize=6.5,
        arrowprops={"arrowstyle": "-", "color": RED, "linewidth": 0.6},
    )
    left.set(
        title="a saturated input, $x_0$",
        xlabel="from baseline to input",
        ylabel="slope along the path",
        xlim=(0, 1),
        ylim=(0, 6.3),
        xticks=[0, 0.5, 1],
    )
    methods = [
        ("gradient × input", X * grad(X), RED, ""),
        ("integrated gradients", integrated(), BLUE, "////"),
        ("Shapley", shapley(), GOLD, ""),
    ]
    for k, (name, values, color, hatch) in enumerate(methods):
        place = np.arange(4) + (k - 1) * 0.27
        right.bar(
            place,
            np.round(values, 4),
            0.25,
            color=color if not hatch else "white",
            edgecolor=color if hatch else INK,
            linewidth=0.5,
            hatch=hatch,
            label=f"{name}: {values.sum():.0f}",
        )
    right.legend(
        loc="upper right",
        title="sum (should be 5)",
        title_fontsize=6.5,
        borderpad=0,
        handlelength=1.2,
        borderaxespad=0,
        labelspacing=0.25,
    )
    right.set(
        title="who gets the credit",
        xticks=range(4),
        xticklabels=["$x_0$", "$x_1$", "$x_2$", "$x_3$"],
        ylabel="attribution",
        ylim=(0, 16.5),
        yticks=[0, 4, 8],
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
