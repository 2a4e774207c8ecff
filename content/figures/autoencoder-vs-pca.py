"""An autoencoder and PCA on a curved data set, and on a flat one of growing size."""

import os
from itertools import pairwise

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, RED, figure, label_line, save


def forward(p, x):
    a = [x]
    for layer, w in enumerate(p):
        z = a[-1] @ w[:-1] + w[-1]
        a.append(z if layer % 2 else np.tanh(z))
    return a


def grads(p, x):
    a, out = forward(p, x), []
    g = 2 * (a[4] - x) / len(x)
    for layer in (3, 2, 1, 0):
        g = g if layer % 2 else g * (1 - a[layer + 1] ** 2)
        out = [np.r_[a[layer].T @ g, [g.sum(axis=0)]], *out]
        g = g @ p[layer][:-1].T
    return out


def train(x, k, rng, steps):
    width = [x.shape[1], 16, k, 16, x.shape[1]]
    p = [rng.normal(0, m**-0.5, (m + 1, n)) for m, n in pairwise(width)]
    v = [0 * w for w in p]
    for _ in range(steps):
        v = [0.9 * u - 0.005 * g for u, g in zip(v, grads(p, x), strict=True)]
        p = [w + u for w, u in zip(p, v, strict=True)]
    return p


def components(x, k):
    return np.linalg.svd(x, full_matrices=False)[2][:k]


def missed(x, r):
    return ((x - r) ** 2).sum() / (x**2).sum()


def arc(ax):
    rng = np.random.default_rng(0)
    t = rng.uniform(-2.4, 2.4, 300)
    x = np.c_[np.cos(t), np.sin(t)] + 0.05 * rng.normal(size=(300, 2))
    mean = x.mean(axis=0)
    c = components(x - mean, 1)
    p = train(x - mean, 1, rng, 8000)
    few = np.round(x[:120], 3)
    ax.plot(*few.T, ls="", marker=".", ms=2.2, color=GREY)
    order = np.argsort(t)
    curve = np.round(forward(p, x - mean)[4][order] + mean, 2)
    line = np.round((x - mean) @ c.T @ c + mean, 2)
    ends = line[[line[:, 1].argmin(), line[:, 1].argmax()]]
    ax.plot(*ends.T, color=RED, ls="--")
    ax.plot(*curve.T, color=BLUE, lw=1.2)
    label_line(ax, 0.10, 0.12, "PCA", RED, ha="right", va="center")
    label_line(ax, 0.0, 1.36, "autoencoder", BLUE, ha="center", va="center", fontsize=6.5)
    ax.set(xlim=(-1.25, 1.25), ylim=(-1.2, 1.55), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    ax.set_aspect("equal")
    ax.set_xlabel("input 1")
    ax.set_ylabel("input 2", labelpad=0)
    ax.set_title("arc", loc="left", fontsize=7)


def flat(ax):
    sizes = (20, 40, 80, 160, 320, 640)
    rows = []
    for n in sizes:
        runs = []
        for seed in range(3):
            rng = np.random.default_rng(seed)
            x = rng.normal(size=(n + 1000, 20)) * ([3, 3] + 18 * [0.5])
            x, test = x[:n] - x[:n].mean(axis=0), x[n:] - x[:n].mean(axis=0)
            c = components(x, 2)
            p = train(x, 2, rng, 2000)
            runs.append([missed(test, test @ c.T @ c), missed(test, forward(p, test)[4])])
        rows.append(np.mean(runs, axis=0))
    pca, auto = np.round(np.transpose(rows), 2)
    ax.plot(sizes, pca, color=RED, ls="--", marker="o", ms=2.2)
    ax.plot(sizes, auto, color=BLUE, marker="o", ms=2.2)
    ax.set_xscale("log")
    ax.set_xticks([20, 80, 320], ["20", "80", "320"])
    ax.minorticks_off()
    ax.set(ylim=(0, None), xlabel="training cases", ylabel="variance missed")
    ax.set_title("flat data", loc="left", fontsize=7)
    label_line(ax, 105, 0.50, "autoencoder", BLUE, fontsize=6.5, ha="left", va="center")
    label_line(ax, 25, 0.12, "PCA", RED, ha="left", va="center")


def main():
    fig, (left, right) = figure(80, 44, columns=2)
    arc(left)
    flat(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
