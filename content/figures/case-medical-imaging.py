"""AI triage in breast screening, with what becomes of 10,000 exams."""

import os
from itertools import pairwise

os.environ.setdefault("OMP_NUM_THREADS", "1")

from matplotlib.patches import FancyArrowPatch, Rectangle

from house import BLUE, GREY, INK, RED, figure, save

# Cancers per 1,000 found and found later, and the specificity: the trial's AI arm.
EXAMS, FOUND, LATER, SPECIFICITY, HIGH = 10_000, 6.4, 1.55, 0.985, 0.1


def box(ax, x, y, w, h, text, edge=INK, fill="white", ls="-"):
    ax.add_patch(Rectangle((x, y), w, h, fc=fill, ec=edge, lw=0.9, ls=ls))
    ax.text(x + w / 2, y + h / 2, text, ha="center", va="center", fontsize=6.5, linespacing=1.2)


def arrow(ax, points, colour=INK, ls="-"):
    for a, b in pairwise(points[:-1]):
        ax.plot([a[0], b[0]], [a[1], b[1]], color=colour, lw=0.9, ls=ls)
    style = {"arrowstyle": "-|>", "mutation_scale": 6, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    ax.add_patch(FancyArrowPatch(points[-2], points[-1], color=colour, ls=ls, **style))


def main():
    found, later = EXAMS * FOUND / 1000, EXAMS * LATER / 1000
    alarms = (1 - SPECIFICITY) * (EXAMS - found - later)
    recalled = found + alarms
    fig, ax = figure(80, 54)
    fig.set_layout_engine("none")
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, 80), ylim=(0, 54))
    ax.axis("off")
    pale = "#e6edf5"

    box(ax, 1, 33, 12, 10, f"{EXAMS:,}\nexams")
    arrow(ax, [(13, 38), (16, 38)])
    box(ax, 16, 33, 14, 10, "check\nimage and\nheader", BLUE, pale)
    arrow(ax, [(30, 38), (33, 38)])
    box(ax, 33, 33, 9, 10, "AI\nscore", BLUE, pale)
    arrow(ax, [(37.5, 43), (37.5, 48), (45, 48)])
    arrow(ax, [(37.5, 33), (37.5, 28), (45, 28)])
    box(ax, 45, 44, 18, 8, f"{EXAMS * (1 - HIGH):,.0f} lower:\none reader")
    box(ax, 45, 24, 18, 8, f"{EXAMS * HIGH:,.0f} highest:\ntwo readers")
    ax.text(54, 38, "none unread", ha="center", va="center", fontsize=6.2)
    arrow(ax, [(63, 48), (67, 48)])
    arrow(ax, [(63, 28), (67, 28)])
    box(ax, 67, 24, 12, 28, "recall?")
    arrow(ax, [(73, 24), (73, 18)])
    arrow(ax, [(73, 21), (30, 21), (30, 18)])
    box(ax, 51, 10, 28, 8, f"recalled {recalled:,.0f}", RED)
    box(ax, 14, 10, 32, 8, f"not recalled {EXAMS - recalled:,.0f}", GREY)
    style = {"ha": "center", "va": "center", "fontsize": 6.5, "linespacing": 1.2}
    ax.text(65, 5.6, f"{found:.0f} cancers,\n{alarms:.0f} false alarms", color=RED, **style)
    ax.text(30, 5.6, f"{later:.0f} cancers appear\nwithin two years", **style)
    arrow(ax, [(14, 14), (7, 14), (7, 26), (35, 26), (35, 33)], GREY, "--")
    ax.text(15, 27.6, "outcomes", ha="center", va="center", fontsize=6.2)
    save(fig, __file__)
    print(found, later, alarms, recalled)


if __name__ == "__main__":
    main()
