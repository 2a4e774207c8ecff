"""A chatbot as a bounded loop of model, retrieval and tools, with its trust boundary."""

import os
from itertools import pairwise

os.environ.setdefault("OMP_NUM_THREADS", "1")

from matplotlib.patches import FancyArrowPatch, Rectangle

from house import BLUE, GREY, INK, RED, figure, save


def box(ax, x, y, w, h, text, edge=INK, fill="white", size=6.5):
    ax.add_patch(Rectangle((x, y), w, h, fc=fill, ec=edge, lw=0.9))
    ax.text(x + w / 2, y + h / 2, text, ha="center", va="center", fontsize=size, linespacing=1.2)


def arrow(ax, points, colour=INK, ls="-", both=False):
    for a, b in pairwise(points[:-1]):
        ax.plot([a[0], b[0]], [a[1], b[1]], color=colour, lw=0.9, ls=ls)
    style = {"mutation_scale": 6, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    head = "<|-|>" if both else "-|>"
    ax.add_patch(
        FancyArrowPatch(points[-2], points[-1], arrowstyle=head, color=colour, ls=ls, **style)
    )


def main():
    fig, ax = figure(80, 58)
    fig.set_layout_engine("none")
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, 80), ylim=(0, 58))
    ax.axis("off")
    pale = "#e6edf5"

    box(ax, 1, 33, 9, 10, "user")
    box(ax, 13.5, 43, 12, 10, "sign in,\nlimits", GREY)
    box(ax, 13.5, 23, 12, 10, "check\nsources,\nlength", GREY)
    box(ax, 29, 33, 17, 10, "model loop,\nat most\n8 steps", BLUE, pale)
    arrow(ax, [(5.5, 43), (5.5, 48), (13.5, 48)])
    arrow(ax, [(25.5, 48), (37.5, 48), (37.5, 43)])
    arrow(ax, [(37.5, 33), (37.5, 28), (25.5, 28)])
    arrow(ax, [(13.5, 28), (5.5, 28), (5.5, 33)])

    ax.add_patch(Rectangle((51.5, 19.5), 28, 37.5, fc="none", ec=RED, lw=0.9, ls="--"))
    note = {"ha": "center", "va": "center", "fontsize": 6.2, "color": RED}
    ax.text(65.5, 54.8, "untrusted text inside", **note)
    box(ax, 53, 43, 25, 9.5, "search by term and\nmeaning, within the\nuser’s rights", BLUE, pale)
    box(ax, 53, 32.5, 25, 8, "tools that read:\norders, stock", BLUE, pale)
    box(ax, 53, 21.5, 25, 8.5, "tools that write:\nrules in code, user\nconfirms", RED)
    for y in (47.7, 36.5, 25.7):
        arrow(ax, [(49, y), (53, y)], both=True)
    ax.plot([49, 49], [25.7, 47.7], color=INK, lw=0.9, ls="-")
    arrow(ax, [(46, 38), (49, 38)], both=True)

    cells = (
        (1, 16, "log every\nstep"),
        (21, 17, "sample, label,\nadd to tests"),
        (42, 16, "test: pass^k,\nsources"),
        (62, 17, "release to\na small share"),
    )
    for x, w, name in cells:
        box(ax, x, 3.5, w, 8, name, GREY, size=6.2)
    for a, b in ((17, 21), (38, 42), (58, 62)):
        arrow(ax, [(a, 7.5), (b, 7.5)], GREY)
    arrow(ax, [(43, 33), (43, 16), (9, 16), (9, 11.5)], GREY)
    save(fig, __file__)


if __name__ == "__main__":
    main()
