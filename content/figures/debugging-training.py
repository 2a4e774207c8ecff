"""Loss on one batch that is trained again and again: a right program and four bugs."""

import numpy as np

from house import BLUE, GOLD, GREY, INK, RED, figure, label_line, save

CLASSES, ROWS, STEPS = 10, 32, 2000


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def losses(bug, rate=0.3):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(ROWS, 20)), rng.integers(0, CLASSES, ROWS)
    first = rng.normal(0, np.sqrt(2 / 20), (20, 100))
    last = rng.normal(0, 0.01, (100, CLASSES)) * (100 if bug == "large" else 1)
    found = []
    for _ in range(STEPS):
        if bug == "labels":
            y = rng.permutation(y)
        target = np.eye(CLASSES)[y]
        hidden = np.maximum(x @ first, 0)
        p = q = softmax(hidden @ last)
        slope = p - target
        if bug == "twice":
            q = softmax(p)
            slope = p * (q - target - ((q - target) * p).sum(1, keepdims=True))
        found.append(-np.log(q[range(ROWS), y]).mean())
        if bug != "frozen":
            back = slope @ last.T * (hidden > 0)
            last = last - rate * hidden.T @ slope / ROWS
            first = first - rate * x.T @ back / ROWS
    return np.array(found)


def main():
    fig, ax = figure(80, 54)
    steps = np.unique(np.round(np.geomspace(1, STEPS, 120)).astype(int))
    for bug, color, style in (
        ("large", GOLD, ":"),
        ("labels", GREY, (0, (4, 1, 1, 1, 1, 1))),
        ("frozen", INK, "-."),
        ("twice", RED, "--"),
        ("none", BLUE, "-"),
    ):
        ax.semilogx(steps, losses(bug)[steps - 1], color=color, ls=style, lw=1.2)
    ax.axhline(np.log(CLASSES), color=GREY, lw=0.5, ls="-", zorder=0)
    label_line(ax, 2100, 2.42, "weights frozen", INK, ha="right", fontsize=6.2)
    label_line(ax, 2100, 1.95, "labels misaligned", GREY, ha="right", va="top", fontsize=6.2)
    label_line(ax, 2100, 1.25, "softmax twice", RED, ha="right", va="top", fontsize=6.2)
    label_line(ax, 2100, 0.1, "no bug", BLUE, ha="right", fontsize=6.2)
    label_line(ax, 2.4, 3.6, "output layer too large\n(starts at 15.9)", GOLD, fontsize=6.2)
    label_line(ax, 4.2, 2.42, r"$\ln 10$", GREY, fontsize=6.2)
    ax.set(xlabel="step", ylabel="loss on the one batch", ylim=(-0.1, 4.6), xlim=(1, 2200))
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    save(fig, __file__)


if __name__ == "__main__":
    main()
