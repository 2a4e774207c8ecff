"""Early stopping of a small network trained on noisy data, with patience."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

EPOCHS, PATIENCE = 400, 40


def curves(noise=0.0):
    """Training and validation error after each epoch of mini-batch SGD."""
    rng = np.random.default_rng(3)
    width, inputs, count = 80, 4, 120

    def data(n):
        x = rng.normal(size=(n, inputs))
        clean = np.sin(2 * x[:, 0]) + 0.5 * x[:, 1] * x[:, 2]
        return x, clean + 0.6 * rng.normal(size=n)

    x, y = data(count)
    xv, yv = data(120)
    w = rng.normal(size=(inputs, width)) / np.sqrt(inputs) + noise
    b, v, c = np.zeros(width), np.zeros(width), 0.0
    train, valid = [], []

    def predict(points):
        return np.tanh(points @ w + b) @ v + c

    for _ in range(EPOCHS):
        order = rng.permutation(count)
        for part in np.split(order, 12):
            h = np.tanh(x[part] @ w + b)
            d = (h @ v + c - y[part]) / len(part)
            dh = d[:, None] * v * (1 - h * h)
            v = v - 0.03 * h.T @ d
            c = c - 0.03 * d.sum()
            w = w - 0.03 * x[part].T @ dh
            b = b - 0.03 * dh.sum(0)
        train.append(((predict(x) - y) ** 2).mean())
        valid.append(((predict(xv) - yv) ** 2).mean())
    return np.round(train, 4), np.round(valid, 4)


def stop(valid, patience):
    """Epochs (from 1) of the best value seen and of the stop."""
    best = 0
    for i, value in enumerate(valid):
        if value < valid[best]:
            best = i
        elif i - best >= patience:
            return best + 1, i + 1
    return best + 1, len(valid)


def main():
    train, valid = curves()
    _, hasty = stop(valid, 5)
    best, end = stop(valid, PATIENCE)
    epochs = np.arange(1, EPOCHS + 1)
    fig, ax = figure(80, 52)
    ax.axvspan(best, end, color="0.9", lw=0)
    ax.plot(epochs, train, color=RED, ls="--")
    ax.plot(epochs, valid, color=BLUE, ls="-")
    ax.plot([best], [valid[best - 1]], "o", color=INK, ms=4)
    ax.plot([hasty], [valid[hasty - 1]], "s", color=INK, ms=4)
    ax.set_xlim(0, EPOCHS)
    ax.set_ylim(0, 1.15)
    ax.set_xlabel("epoch")
    ax.set_ylabel("mean squared error")
    arrow = {"arrowstyle": "-", "color": INK, "lw": 0.6}
    ax.annotate(
        f"patience 5\nstops at {hasty}",
        (hasty, valid[hasty - 1]),
        (38, 1.0),
        va="center",
        arrowprops={**arrow, "shrinkB": 3},
    )
    ax.annotate(
        f"best: epoch {best},\nkeep these weights",
        (best, valid[best - 1]),
        (end + 8, 0.39),
        ha="left",
        va="center",
        arrowprops={**arrow, "shrinkB": 3},
    )
    ax.text(end + 4, 0.9, f"patience {PATIENCE} stops at {end}", va="center")
    ax.plot([end, end], [0, 0.93], color=INK, lw=0.8, ls=":")
    label_line(ax, 330, 0.745, "validation", BLUE, ha="center")
    label_line(ax, 330, 0.2, "training", RED, ha="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
