"""Spread of a linear encoder's features while it trains without labels, in five ways."""

import numpy as np

from house import BLUE, GOLD, GREY, INK, RED, figure, label_line, save

BATCH, INPUTS, FEATURES, STEPS = 128, 10, 2, 2000
WAYS = {  # contrast, predictor, stop-gradient: colour, dash
    (0, 0, 0): (GREY, ":"),
    (0, 0, 1): (GOLD, "-."),
    (0, 1, 0): (INK, (0, (4, 1, 1, 1, 1, 1))),
    (0, 1, 1): (RED, "--"),
    (1, 0, 0): (BLUE, "-"),
}


def views(rng):
    """Two views of a batch: two shared inputs with a little noise, eight of noise alone."""
    content = rng.integers(0, 2, (BATCH, 2)) * 2.0 - 1
    clean = np.concatenate([content, np.zeros((BATCH, INPUTS - 2))], axis=1)
    size = np.concatenate([[0.3, 0.3], np.full(INPUTS - 2, 1.5)])
    return [clean + size * rng.standard_normal(clean.shape) for _ in range(2)]


def gradients(way, w, p, x, y):
    contrast, predict, stop = way
    z, v = x @ w.T, y @ w.T
    if contrast:
        scores = z @ v.T
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        q = e / e.sum(axis=1, keepdims=True) - np.eye(BATCH)
        return (q @ v).T @ x + (q.T @ z).T @ y, 0 * p
    a = z @ p.T - v
    dw = (a @ p).T @ x
    return (dw if stop else dw - a.T @ y), (a.T @ z if predict else 0 * p)


def train(way):
    """Spread of the features after each twentieth step."""
    rng = np.random.default_rng(0)
    w, p = 0.5 * rng.standard_normal((FEATURES, INPUTS)), np.eye(FEATURES)
    found = []
    for step in range(STEPS + 1):
        x, y = views(rng)
        if step % 20 == 0:
            found.append((x @ w.T).std())
        dw, dp = gradients(way, w, p, x, y)
        w -= 0.05 * (dw / BATCH + 0.02 * w)
        p -= 0.05 * (dp / BATCH + 0.02 * p * way[1])
    return np.round(found, 6)


def main():
    fig, ax = figure(80, 46)
    for way, (colour, dash) in WAYS.items():
        spread = train(way)
        print(way, spread[-1])
        ax.semilogy(np.arange(len(spread)) * 20, np.maximum(spread, 5e-5), color=colour, ls=dash)
    label_line(ax, 700, 2.0, "contrast", BLUE)
    label_line(ax, 1990, 0.27, "predictor and stop-gradient", RED, ha="right")
    label_line(ax, 900, 0.006, "stop-gradient alone", GOLD)
    label_line(ax, 775, 1.25e-4, "agreement\nalone", GREY, fontsize=6)
    label_line(ax, 310, 2.6e-4, "predictor\nalone", INK, fontsize=6, ha="right")
    ax.set(xlim=(0, STEPS), ylim=(1e-4, 5), xlabel="training step", ylabel="spread of the features")
    save(fig, __file__)


if __name__ == "__main__":
    main()
