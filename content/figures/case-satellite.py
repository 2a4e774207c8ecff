"""Tiles with a halo, and what the halo costs and saves, measured on a small network."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from matplotlib.patches import Ellipse, Rectangle

from house import BLUE, GREY, INK, RED, figure, label_line, save

CORE = 32


def net(x, kernels):
    h, w = x.shape
    for k in kernels:
        p = np.pad(x, 1)
        x = sum(k[i, j] * p[i : i + h, j : j + w] for i in range(3) for j in range(3))
        x = np.maximum(x, 0.2 * x)
    return x


def tiled(x, kernels, halo):
    out = np.empty_like(x)
    for top in range(0, x.shape[0], CORE):
        for left in range(0, x.shape[1], CORE):
            y0, x0 = max(top - halo, 0), max(left - halo, 0)
            y = net(x[y0 : top + CORE + halo, x0 : left + CORE + halo], kernels)
            y = y[top - y0 :, left - x0 :]
            out[top : top + CORE, left : left + CORE] = y[:CORE, :CORE]
    return out


def draw_tiles(ax):
    ax.set(xlim=(-8, 58), ylim=(70, -8), aspect="equal")
    ax.axis("off")
    for row in range(3):
        for column in range(3):
            ax.add_patch(Rectangle((18 * column, 18 * row), 18, 18, fc="white", ec=GREY, lw=0.7))
    ax.add_patch(Rectangle((18 - 8, 18 - 8), 34, 34, fc="#e6edf5", ec=BLUE, lw=1.0, ls="--"))
    ax.add_patch(Rectangle((18, 18), 18, 18, fc="#b9cee4", ec=BLUE, lw=1.2))
    ax.add_patch(Ellipse((37, 27), 8, 4.5, fc=RED, ec="none"))
    ax.text(26, 27, "kept", ha="center", va="center", fontsize=6.8)
    ax.text(27, 14, "halo: read only", ha="center", va="center", fontsize=6)
    note = "object whole within the\nhalo, cut by the core"
    ax.text(27, 63, note, ha="center", va="center", fontsize=6.2, color=RED)
    line = {"arrowstyle": "-", "color": RED, "lw": 0.7}
    ax.annotate("", (36.6, 29.6), (31, 57.6), arrowprops=line)


def main():
    rng = np.random.default_rng(0)
    kernels = rng.normal(size=(6, 3, 3)) / 3
    image = rng.normal(size=(256, 256))
    whole = net(image, kernels)
    halos = np.arange(8)
    wrong = [(np.abs(tiled(image, kernels, h) - whole) > 1e-9).mean() * 100 for h in halos]
    work = (((CORE + 2 * halos) / CORE) ** 2 - 1) * 100

    fig, (left, right) = figure(80, 50, columns=2, width_ratios=[1, 1.05])
    draw_tiles(left)
    right.plot(halos, np.round(wrong, 2), color=RED, ls="-", marker="o", ms=2.5)
    right.plot(halos, np.round(work, 2), color=BLUE, ls="--")
    right.axvline(6, color=GREY, lw=0.8, ls=":")
    right.set(ylim=(-3, 118), xlim=(-0.3, 7.3), xticks=[0, 2, 4, 6], yticks=[0, 50, 100])
    right.set_xlabel("halo (pixels)")
    right.set_ylabel("per cent")
    label_line(right, 0.1, 62, "wrong\npixels", RED, ha="left", va="bottom")
    label_line(right, 5.3, 92, "extra\nwork", BLUE, ha="right", va="center")
    label_line(right, 5.85, 25, "radius", INK, ha="right", fontsize=6.2, rotation=90, va="center")
    save(fig, __file__)


if __name__ == "__main__":
    main()
