"""Where an autoencoder's error is blind, and detection against the size of the code."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

from itertools import pairwise

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save


def forward(p, x):
    a = [x]
    for layer, w in enumerate(p):
        z = a[-1] @ w[:-1] + w[-1]
        a.append(z if layer % 2 else np.maximum(z, 0))
    return a


def grads(p, x):
    a, out = forward(p, x), []
    g = 2 * (a[4] - x) / len(x)
    for layer in (3, 2, 1, 0):
        out = [np.r_[a[layer].T @ g, [g.sum(axis=0)]], *out]
        g = g @ p[layer][:-1].T
        if layer % 2:
            g = g * (a[layer] > 0)
    return out


def train(x, k, rng, steps=4000):
    width = [x.shape[1], 24, k, 24, x.shape[1]]
    p = [rng.normal(0, (2 / m) ** 0.5, (m + 1, n)) for m, n in pairwise(width)]
    v = [0 * w for w in p]
    for _ in range(steps):
        v = [0.9 * u - 0.004 * g for u, g in zip(v, grads(p, x), strict=True)]
        p = [w + u for w, u in zip(p, v, strict=True)]
    return p


def blind_spots(ax):
    """Error of a non-linear autoencoder, one code unit, trained on a bent band."""
    rng = np.random.default_rng(3)
    t = rng.uniform(-1.2, 1.2, 300)
    x = np.c_[1.5 * t, t**2 - 0.6] + 0.08 * rng.normal(size=(300, 2))
    p = train(x, 1, rng)
    t = rng.uniform(-1.2, 1.2, 2000)  # held-out normal cases set the threshold
    held = np.c_[1.5 * t, t**2 - 0.6] + 0.08 * rng.normal(size=(2000, 2))
    limit = np.quantile(((forward(p, held)[4] - held) ** 2).sum(axis=1), 0.99)
    grid = np.meshgrid(np.linspace(-4, 4, 97), np.linspace(-2, 3.6, 85))
    points = np.c_[grid[0].ravel(), grid[1].ravel()]
    missed = ((forward(p, points)[4] - points) ** 2).sum(axis=1).reshape(grid[0].shape)
    ratio = np.round(np.log10(missed / limit), 2)
    shades = ["#ffffff", "#dedede", "#bcbcbc", "#9a9a9a"]
    ax.contourf(*grid, ratio, levels=[-9, 0.001, 1.001, 2.001, 9], colors=shades)
    ax.plot(*np.round(x[:90], 2).T, ls="", marker=".", ms=2, color=BLUE)
    inside = points[(missed.ravel() < limit / 2) & (np.abs(points[:, 0]) < 2.8)]
    gap = np.linalg.norm(inside[:, None] - x, axis=2).min(axis=1)
    blind = tuple(inside[gap.argmax()])  # accepted, yet far from all normal cases
    for spot, text, place, colour in (
        (blind, "missed", (blind[0], blind[1] + 0.55), RED),
        ((0.1, 2.3), "caught", (0.1, 2.85), INK),
    ):
        ax.plot(*spot, ls="", marker="x", ms=4, mew=1.2, color=colour)
        label_line(ax, *place, text, INK, ha="center", va="center", fontsize=6.5)
    label_line(ax, 0.1, -1.55, "normal", BLUE, ha="center", va="center", fontsize=6.5)
    ax.set(xlim=(-4, 4), ylim=(-2, 3.6), xticks=[-4, 0, 4], yticks=[-2, 0, 2])
    ax.set_xlabel("input 1")
    ax.set_ylabel("input 2", labelpad=0)


def detection(ax):
    """AUC of a linear autoencoder's error against the number of codes."""
    rng = np.random.default_rng(0)
    w, u = rng.normal(size=(3, 20)), np.full(20, 20**-0.5)

    def normal(n, scale=1.0):
        return scale * rng.normal(size=(n, 3)) @ w + 0.5 * rng.normal(size=(n, 20))

    clean, test = normal(1000), normal(4000)
    dirty = np.r_[normal(950), normal(50) + 6 * u]
    shift, far = normal(1000) + 6 * u, normal(1000, 4.0)

    def aucs(data, odd):
        centre = data.mean(axis=0)
        v = np.linalg.svd(data - centre, full_matrices=False)[2]
        for k in range(1, 20):
            rest = np.eye(20) - v[:k].T @ v[:k]
            low, high = ((((y - centre) @ rest) ** 2).sum(axis=1) for y in (test, odd))
            yield np.searchsorted(np.sort(low), high).mean() / len(low)

    for data, odd, colour, dash in (
        (clean, shift, BLUE, "-"),
        (dirty, shift, RED, "--"),
        (clean, far, INK, "-."),
    ):
        ax.plot(range(1, 20), np.round(list(aucs(data, odd)), 3), color=colour, ls=dash)
    ax.set(xlim=(1, 19), ylim=(0.4, 1.02), xticks=[1, 10, 19], yticks=[0.5, 1])
    ax.set_xlabel("codes")
    ax.set_ylabel("AUC", labelpad=0)
    label_line(ax, 12.6, 0.90, "shift", BLUE, ha="center", va="center")
    label_line(
        ax, 12.6, 0.70, "shift, seen\nin training", RED, ha="center", va="center", fontsize=6.5
    )
    label_line(ax, 10, 0.445, "far out", INK, ha="center", va="center")


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    blind_spots(left)
    detection(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
