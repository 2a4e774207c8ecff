"""Three masks of one network, and linear regression with dropout on its inputs."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

ROWS, FEATURES, SETS = 30, 25, 200


def errors(rates, rng):
    """Training and test error of the minimum of dropout's expected loss, for each rate."""
    truth = rng.standard_normal(FEATURES) / np.sqrt(FEATURES)
    x = rng.standard_normal((ROWS, FEATURES))
    y = x @ truth + rng.standard_normal(ROWS)
    found = []
    for p in rates:
        penalty = p / (1 - p) * np.diag((x**2).sum(axis=0))
        w = np.linalg.solve(x.T @ x + penalty, x.T @ y)
        found.append((np.mean((x @ w - y) ** 2), ((w - truth) ** 2).sum() + 1))
    return found


def network(ax, top, keep):
    """Four inputs, five hidden units of which some are dropped, one output."""
    left = [(0, top - 0.5 * i) for i in range(4)]
    middle = [(1.2, top + 0.25 - 0.5 * i) for i in range(5)]
    end = (2.4, top - 0.75)
    for (x, y), kept in zip(middle, keep, strict=True):
        for x1, y1 in (*left, end) if kept else ():
            ax.plot((x, x1), (y, y1), color=GREY, lw=0.4, ls="-", zorder=0)
        mark, color = ("o", BLUE) if kept else ("x", RED)
        ax.plot(x, y, mark, color=color, ms=3 if kept else 3.4, mew=1.1)
    for x, y in (*left, end):
        ax.plot(x, y, "o", color=INK, ms=2.6)


def main():
    fig, (left, right) = figure(80, 52, columns=2, width_ratios=[0.8, 1])
    masks = np.random.default_rng(4).random((2, 5)) >= 0.4
    rows = (*masks, np.ones(5, bool))
    for top, keep, text in zip((6.4, 3.4, 0.4), rows, ("step 1", "step 2", "test"), strict=True):
        network(left, top, keep)
        left.text(-0.45, top - 0.75, text, ha="right", va="center", fontsize=6.5)
    left.set(xlim=(-2, 2.6), ylim=(-2, 7))
    left.axis("off")

    rates = np.linspace(0, 0.9, 46)
    rng = np.random.default_rng(0)
    train, test = np.median([errors(rates, rng) for _ in range(SETS)], axis=0).T
    right.plot(rates, test, color=RED, ls="--")
    right.plot(rates, train, color=BLUE, ls="-")
    right.axhline(1, color=GREY, lw=0.6, ls=":")
    label_line(right, 0.3, 2.35, "new data", RED)
    label_line(right, 0.4, 0.1, "training data", BLUE, fontsize=6.5)
    label_line(right, 0.03, 1.05, "noise alone", GREY, va="bottom", fontsize=6.2)
    right.set(xlim=(0, 0.9), ylim=(0, 6), xticks=[0, 0.3, 0.6, 0.9])
    right.set_xlabel("drop rate $p$ of the inputs")
    right.set_ylabel("mean squared error")
    save(fig, __file__)


if __name__ == "__main__":
    main()
