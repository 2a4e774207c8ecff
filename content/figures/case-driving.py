"""A driving perception stack with its time budget, and the emergency path beside it."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

from matplotlib.patches import FancyArrowPatch, Rectangle

from house import BLUE, GREY, INK, RED, figure, save

# Milliseconds from exposure to brake command; the total is in the text.
BUDGET = {"sense": 50, "perceive": 80, "predict": 30, "plan": 40}


def box(ax, x, y, w, h, text, edge=INK, fill="white", ls="-", size=6.5):
    ax.add_patch(Rectangle((x, y), w, h, fc=fill, ec=edge, lw=0.9, ls=ls))
    ax.text(x + w / 2, y + h / 2, text, ha="center", va="center", fontsize=size, linespacing=1.15)


def arrow(ax, start, end, colour=INK, ls="-", bend="arc3"):
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=6,
            lw=0.9,
            color=colour,
            ls=ls,
            shrinkA=0,
            shrinkB=0,
            connectionstyle=bend,
        )
    )


def main():
    fig, ax = figure(80, 56)
    fig.set_layout_engine("none")
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, 80), ylim=(1, 57))
    ax.axis("off")
    pale = "#e6edf5"

    for y, name in ((44, "cameras"), (36, "lidar"), (28, "radar")):
        box(ax, 1, y, 12, 6.4, name)
        arrow(ax, (13, y + 3.2), (17, y + 3.2))
    box(ax, 17, 28, 11, 22.4, "encoder\nof each\nsensor", BLUE, pale)
    arrow(ax, (28, 39.2), (31.5, 39.2), BLUE)
    box(ax, 31.5, 28, 13, 22.4, "bird’s-eye\nview: fuse\nsensors\nand time", BLUE, pale)
    for y, name in ((44, "objects"), (36, "occupancy"), (28, "lanes, lights")):
        box(ax, 48, y, 15, 6.4, name, BLUE, pale, size=6.2)
        arrow(ax, (44.5, y + 3.2), (48, y + 3.2), BLUE)
        arrow(ax, (63, y + 3.2), (66, y + 3.2), BLUE)
    box(ax, 66, 43.4, 13, 7, "track,\npredict", BLUE, pale)
    arrow(ax, (72.5, 43.4), (72.5, 40.6), BLUE)
    box(ax, 66, 28, 13, 12.6, "plan", BLUE, pale)

    spans = (
        (1, 13, f"{BUDGET['sense']} ms"),
        (17, 63, f"{BUDGET['perceive']} ms"),
        (66, 79, f"{BUDGET['predict']} + {BUDGET['plan']} ms"),
    )
    for left, right, text in spans:
        ax.plot([left, right], [52, 52], color=INK, lw=0.7, ls="-")
        ax.text((left + right) / 2, 53, text, ha="center", va="bottom", fontsize=6.5)

    box(ax, 17, 17.5, 27.5, 6.4, "simple obstacle check", RED)
    ax.plot([7, 7], [28, 20.7], color=RED, lw=0.9, ls="--")
    arrow(ax, (7, 20.7), (17, 20.7), RED, "--")
    arrow(ax, (44.5, 20.7), (66, 20.7), RED, "--")
    ax.text(55, 21.3, "may only brake", ha="center", va="bottom", fontsize=6.2, color=RED)
    box(ax, 66, 17.5, 13, 6.4, "control", INK)
    arrow(ax, (72.5, 28), (72.5, 23.9))

    cells = (
        (1, 15, "trigger,\nupload"),
        (21, 15, "select,\nlabel"),
        (41, 15, "retrain"),
        (61, 18, "replay,\nshadow test"),
    )
    for x, w, name in cells:
        box(ax, x, 3, w, 8.4, name, GREY)
    for a, b in ((16, 21), (36, 41), (56, 61)):
        arrow(ax, (a, 7.2), (b, 7.2), GREY)
    ax.text(1, 13.4, "off the car:", ha="left", va="center", fontsize=6.5)
    save(fig, __file__)
    print(sum(BUDGET.values()))


if __name__ == "__main__":
    main()
