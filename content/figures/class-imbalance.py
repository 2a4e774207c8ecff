"""Weighting and focal loss move the probabilities; the best cost stays."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

RATE, WEIGHT, MISS = 0.02, 49.0, 20.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sample(rng, n):
    y = rng.random(n) < RATE
    x = rng.normal(size=(n, 2)) + y[:, None] * [1.5, 1.0]
    return np.c_[np.ones(n), x], y


def fit(x, y, weight, gamma=0.0):
    """Weighted logistic regression by Newton steps; with gamma, focal loss.

    For focal loss the derivative with respect to the logit of the true class
    is taken in closed form, and the curvature by its difference quotient.
    """
    sign = np.where(y, 1.0, -1.0)

    def slope(z):
        p = sigmoid(sign * z)  # probability of the true class
        return weight * sign * (1 - p) ** gamma * (gamma * p * np.log(p) - (1 - p))

    b = np.zeros(3)
    for _ in range(40):
        z = x @ b
        curve = np.maximum((slope(z + 1e-4) - slope(z - 1e-4)) / 2e-4, 1e-4)
        b -= 0.7 * np.linalg.solve(x.T @ (x * curve[:, None]), x.T @ slope(z))
    return b


def curve(q, y, bins=12, least=20):
    """Mean prediction and observed frequency in bins of the prediction."""
    where = np.minimum((q * bins).astype(int), bins - 1)
    keep = [i for i in range(bins) if y[where == i].sum() >= least]
    mean = [q[where == i].mean() for i in keep]
    seen = [y[where == i].mean() for i in keep]
    return np.round(mean, 3), np.round(seen, 3)


def main():
    rng = np.random.default_rng(0)
    x, y = sample(rng, 50_000)
    ones = np.ones(len(y))
    models = {
        "plain": fit(x, y, ones),
        "focal": fit(x, y, ones, 2.0),
        "weighted": fit(x, y, np.where(y, WEIGHT, 1.0)),
    }
    x, y = sample(rng, 400_000)
    q = {name: sigmoid(x @ b) for name, b in models.items()}
    fig, (left, right) = figure(80, 46, columns=2)
    style = {"plain": (BLUE, "-"), "focal": (INK, "-."), "weighted": (RED, "--")}
    left.plot([0, 1], [0, 1], color=GREY, lw=0.7, ls=":")
    for name, (colour, dash) in style.items():
        left.plot(*curve(q[name], y), color=colour, ls=dash)
    left.set(xlim=(0, 1), ylim=(0, 1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    left.set_xlabel("predicted probability")
    left.set_ylabel("observed frequency")
    label_line(left, 0.38, 0.53, "plain", BLUE, ha="right")
    label_line(left, 0.50, 0.30, "focal", INK, ha="left")
    label_line(left, 0.855, 0.18, "weighted", RED, ha="right", fontsize=6.5)

    steps = np.arange(0.01, 1.0, 0.01)
    for name in ("plain", "weighted"):
        colour, dash = style[name]
        miss = np.array([(q[name][y] < t).sum() for t in steps])
        alarm = np.array([(q[name][~y] >= t).sum() for t in steps])
        cost = np.round(1000 * (alarm + MISS * miss) / len(y), 0)
        right.plot(steps, cost, color=colour, ls=dash)
        low = int(np.argmin(cost))
        right.plot(steps[low], cost[low], "o", color=colour, ms=3)
    right.set(xlim=(0, 1), ylim=(150, 500), xticks=[0, 0.5, 1], yticks=[200, 300, 400, 500])
    right.set_xlabel("threshold")
    right.set_ylabel("cost per 1000 cases")
    label_line(right, 0.75, 408, "plain", BLUE, ha="center")
    label_line(right, 0.68, 185, "weighted", RED, ha="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
