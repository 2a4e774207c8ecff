"""Samples of an exact diffusion model on eight modes: three moments, three guidance weights."""

from itertools import pairwise

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

ANGLE = np.arange(8) * np.pi / 4
MODES, VARIANCE = 3 * np.stack([np.cos(ANGLE), np.sin(ANGLE)], axis=1), 0.01
CLASS = MODES[:3]


def denoise(x, a, means):
    """E[x0 | x_t] for equal Gaussian modes, at signal power `a`."""
    far, total = x[:, None] - np.sqrt(a) * means, a * VARIANCE + 1 - a
    w = np.exp(-(far**2).sum(axis=2) / (2 * total)) + 1e-300
    each = means + np.sqrt(a) * VARIANCE / total * far
    return ((w / w.sum(axis=1, keepdims=True))[:, :, None] * each).sum(axis=1)


def trajectory(guide, steps=100, count=260):
    """DDIM from noise to data: the samples after each step."""
    x = np.random.default_rng(0).standard_normal((count, 2))
    levels = np.cos(np.linspace(0.999, 0, steps + 1) * np.pi / 2) ** 2
    states = [x]
    for a, b in pairwise(levels):
        x0 = denoise(x, a, MODES)
        x0 = x0 + guide * (denoise(x, a, CLASS) - x0)
        x = np.sqrt(b) * x0 + np.sqrt(1 - b) * (x - np.sqrt(a) * x0) / np.sqrt(1 - a)
        states.append(x)
    return states


def panel(ax, points, title, colour):
    ax.plot(*MODES.T, "o", color="none", mec=GREY, mew=0.6, ms=6)
    ax.plot(*np.round(points, 2).T, ".", color=colour, ms=1.8, mew=0)
    ax.set(xlim=(-4, 4), ylim=(-4, 4), xticks=[], yticks=[], aspect="equal")
    ax.set_title(title, fontsize=6.8)
    for spine in ax.spines.values():
        spine.set_visible(False)


def main():
    fig, axes = figure(80, 56, rows=2, columns=3)
    states = trajectory(0.0)
    for ax, step, title in zip(
        axes[0], (0, 60, 100), ("noise", "after 60 of 100 steps", "samples"), strict=True
    ):
        panel(ax, states[step], title, INK)
    for ax, w, colour in zip(axes[1], (1, 2, 5), (BLUE, BLUE, RED), strict=True):
        panel(ax, trajectory(float(w))[-1], f"class of 3, w = {w}", colour)
    save(fig, __file__)


if __name__ == "__main__":
    main()
