"""A recommender as a funnel: two towers and an index, ranker, policy, logged feedback."""

import os
from itertools import pairwise

os.environ.setdefault("OMP_NUM_THREADS", "1")

from matplotlib.patches import FancyArrowPatch, Rectangle

from house import BLUE, GREY, INK, RED, figure, save


def box(ax, x, y, w, h, text, edge=INK, fill="white", size=6.4):
    ax.add_patch(Rectangle((x, y), w, h, fc=fill, ec=edge, lw=0.9))
    ax.text(x + w / 2, y + h / 2, text, ha="center", va="center", fontsize=size, linespacing=1.2)


def arrow(ax, points, colour=INK, ls="-"):
    for a, b in pairwise(points[:-1]):
        ax.plot([a[0], b[0]], [a[1], b[1]], color=colour, lw=0.9, ls=ls)
    style = {"mutation_scale": 6, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    ax.add_patch(
        FancyArrowPatch(points[-2], points[-1], arrowstyle="-|>", color=colour, ls=ls, **style)
    )


def main():
    fig, ax = figure(80, 48)
    fig.set_layout_engine("none")
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, 80), ylim=(5, 53))
    ax.axis("off")
    pale = "#e6edf5"

    # Towers and index
    box(ax, 5, 42, 17, 9, "user tower,\neach request", BLUE, pale)
    box(ax, 5, 25, 17, 9, "item tower,\nnightly and\nfor new items", BLUE, pale, 6.1)
    box(ax, 25, 33.5, 14, 9, "index of\n10 million\nvectors", INK)
    arrow(ax, [(22, 46.5), (32, 46.5), (32, 42.5)])
    arrow(ax, [(22, 29.5), (32, 29.5), (32, 33.5)])
    # Ranker, policy
    box(ax, 44, 33.5, 14, 9, "ranker, user\nand item\ntogether", BLUE, pale, 6.1)
    box(ax, 64, 33.5, 15, 9, "policy: mix,\nlimits, a few\nat random", RED, size=6.1)
    arrow(ax, [(39, 38), (44, 38)])
    arrow(ax, [(58, 38), (64, 38)])
    # Counts
    note = {"ha": "center", "va": "center", "fontsize": 6.4}
    ax.text(41.5, 49.5, "500", color=BLUE, **note)
    ax.text(61, 49.5, "100", color=BLUE, **note)
    ax.text(73, 49.5, "20 shown", color=BLUE, **note)
    for x in (41.5, 61):
        ax.plot([x, x], [39, 47.6], color=GREY, lw=0.6, ls=":")
    ax.plot([73, 73], [43.2, 47.6], color=GREY, lw=0.6, ls=":")
    # Feedback
    logged = "log: shown, position,\nprobability, features,\nwhat the user did"
    box(ax, 52, 6, 27, 10, logged, RED, size=6.1)
    box(ax, 23, 6, 22, 10, "examples by time,\nlog Q, position", GREY, size=6.1)
    box(ax, 1, 6, 15, 10, "train,\ntest, A/B", GREY)
    arrow(ax, [(71.5, 33.5), (71.5, 16)], RED)
    arrow(ax, [(52, 11), (45, 11)], GREY)
    arrow(ax, [(23, 11), (16, 11)], GREY)
    arrow(ax, [(9.5, 16), (9.5, 25)], GREY)
    arrow(ax, [(9.5, 20.5), (2, 20.5), (2, 46.5), (5, 46.5)], GREY)
    arrow(ax, [(9.5, 20.5), (51, 20.5), (51, 33.5)], GREY)
    ax.text(30, 23, "new weights", color=INK, **note)
    save(fig, __file__)


if __name__ == "__main__":
    main()
