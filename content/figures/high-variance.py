"""Learning curves of a flexible and of a rigid model on the same regression task."""

from __future__ import annotations

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

SIZES = [200, 300, 450, 700, 1000, 1600, 2500, 4000]
RNG = np.random.default_rng(0)
W, B = RNG.normal(size=(5, 150)), RNG.normal(size=150)


def draw(n: int) -> tuple[np.ndarray, np.ndarray]:
    x = RNG.normal(size=(n, 5))
    y = np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2]
    return x, y + 0.5 * RNG.normal(size=n)


def wide(x: np.ndarray) -> np.ndarray:
    return np.maximum(x @ W + B, 0)


def linear(x: np.ndarray) -> np.ndarray:
    return np.c_[x, np.ones(len(x))]


def curves(phi, penalty: float) -> np.ndarray:
    """Training and validation error, averaged over 20 training sets, per size."""
    x_val, y_val = draw(20000)
    rows = []
    for n in SIZES:
        errors = []
        for _ in range(20):
            x, y = draw(n)
            a = phi(x)
            w = np.linalg.solve(a.T @ a + penalty * np.eye(a.shape[1]), a.T @ y)
            errors.append([((a @ w - y) ** 2).mean(), ((phi(x_val) @ w - y_val) ** 2).mean()])
        rows.append(np.mean(errors, axis=0))
    return np.round(np.array(rows), 4)


def main() -> None:
    fig, (left, right) = figure(80, 46, columns=2, sharey=True)
    high, low = curves(wide, 0.1), curves(linear, 0.1)
    for ax, data, title in ((left, high, "high variance"), (right, low, "high bias")):
        ax.plot(SIZES, data[:, 1], color=RED, linestyle="--", marker="o", markersize=2.5)
        ax.plot(SIZES, data[:, 0], color=BLUE, linestyle="-", marker="o", markersize=2.5)
        ax.axhline(0.25, color=GREY, linestyle=":", linewidth=0.9)
        ax.set(title=title, xscale="log", ylim=(0, 2.05), xlabel="training examples")
        ax.set_xticks([200, 500, 1000, 4000], ["200", "500", "1k", "4k"])
        ax.minorticks_off()
    left.set_ylabel("mean squared error")
    left.text(420, 1.05, "validation", color=RED)
    left.text(420, 0.08, "training", color=BLUE)
    left.annotate(
        "",
        (300, high[1, 1] - 0.03),
        (300, high[1, 0] + 0.03),
        arrowprops={"arrowstyle": "<->", "color": INK, "linewidth": 0.7},
    )
    left.text(320, 0.5, "gap", color=INK)
    right.text(330, 1.82, "validation", color=RED)
    right.text(330, 1.38, "training", color=BLUE)
    right.text(4000, 0.31, "noise floor", color=INK, ha="right", fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
