"""Bias, variance and test error of a random-feature network against width."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

N, D, SIGMA, DRAWS, TEST = 80, 15, 0.3, 250, 200
WIDTHS = [2, 3, 5, 8, 12, 16, 20, 28, 40, 50, 60, 70, 80, 92, 110, 140, 200, 320, 560, 1000]


def target(x):
    return np.tanh(2 * x.sum(1) / D**0.5)


def decompose(width, ridge, rng, new):
    """Squared bias, variance and expected test error at one width."""
    f = np.empty((DRAWS, TEST))
    for i in range(DRAWS):
        x = rng.normal(size=(N, D))
        y = target(x) + SIGMA * rng.normal(size=N)
        w = rng.normal(size=(D, width)) / D**0.5
        a, b = np.maximum(x @ w, 0), np.maximum(new @ w, 0)
        kernel = a @ a.T / width + ridge * np.eye(N)
        f[i] = b @ a.T / width @ np.linalg.solve(kernel, y)
    bias2 = ((f.mean(0) - target(new)) ** 2).mean()
    variance = f.var(0).mean()
    return bias2, variance, bias2 + variance + SIGMA**2


def main():
    rng = np.random.default_rng(1)
    new = rng.normal(size=(TEST, D))
    plain = np.round([decompose(p, 1e-4, rng, new) for p in WIDTHS], 4)
    ridge = np.round([decompose(p, 0.1, rng, new) for p in WIDTHS], 4)
    fig, ax = figure(80, 56)
    ax.axvline(N, color=GREY, lw=0.7, ls=":")
    ax.plot(WIDTHS, plain[:, 0], color=INK, ls="-.")
    ax.plot(WIDTHS, plain[:, 1], color=RED, ls="--")
    ax.plot(WIDTHS, plain[:, 2], color=BLUE, ls="-", lw=1.7)
    ax.plot(WIDTHS, ridge[:, 2], color="#4a4a4a", ls=(0, (1, 1)), lw=1.3)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(2, 1000)
    ax.set_ylim(0.04, 6)
    ax.set_xticks([2, 5, 20, 80, 300, 1000], ["2", "5", "20", "80", "300", "1000"])
    ax.minorticks_off()
    ax.set_yticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
    ax.set_xlabel("hidden units (80 training examples)")
    ax.set_ylabel("squared error")
    label_line(ax, 2.2, 0.82, "test error", BLUE)
    label_line(ax, 2.3, 0.36, "bias²", INK)
    label_line(ax, 4.2, 0.078, "variance", RED)
    label_line(ax, 88, 0.2, "with ridge", "#3a3a3a")
    ax.text(88, 4.6, "interpolation threshold", va="center", fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
