"""Receptive field of one unit after three convolutions, stride 1 and stride 2."""

from itertools import pairwise

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

KERNEL, LAYERS, EDGE = 3, 3, 7


def cone(stride):
    """Places of the units that the top unit sees, and paths to each of them.

    Level by level from the top; a place is counted in inputs from the centre.
    """
    levels, jump = [{0: 1}], stride**LAYERS
    for _ in range(LAYERS):
        jump //= stride
        below = {}
        for place, paths in levels[-1].items():
            for tap in range(KERNEL):
                at = place + (tap - KERNEL // 2) * jump
                below[at] = below.get(at, 0) + paths
        levels.append(below)
    return levels


def draw(axes, stride, colour):
    net, bars = axes
    levels = cone(stride)
    for level, (upper, lower) in enumerate(pairwise(levels)):
        reach = stride ** (LAYERS - 1 - level)
        for place in upper:
            for at in lower:
                if abs(at - place) <= reach:
                    net.plot(
                        [place, at], [3 - level, 2 - level], color=colour, ls="-", lw=0.6, zorder=1
                    )
    for level, places in enumerate(levels):
        step = stride ** (LAYERS - level)
        grid = [x for x in range(-8, 9) if x % step == 0 and abs(x) <= EDGE]
        net.scatter(
            grid, [3 - level] * len(grid), s=9, marker="o", fc="white", ec=GREY, lw=0.5, zorder=2
        )
        seen = sorted(places)
        net.scatter(seen, [3 - level] * len(seen), s=11, color=colour, zorder=3, lw=0)
    width = max(levels[-1]) - min(levels[-1]) + 1
    net.set(xlim=(-7.8, 7.8), ylim=(-0.35, 3.4), title=f"stride {stride}: it sees {width} inputs")
    net.axis("off")
    share = {at: n / KERNEL**LAYERS for at, n in levels[-1].items()}
    bars.bar(list(share), [round(v, 4) for v in share.values()], width=0.75, color=colour)
    bars.set(xlim=(-7.8, 7.8), ylim=(0, 0.28), xticks=[-7, 0, 7], yticks=[0, 0.25])
    bars.set_xlabel("input position")


def main():
    fig, axes = figure(80, 56, rows=2, columns=2, sharey="row", height_ratios=[1.55, 1])
    draw(axes[:, 0], 1, BLUE)
    draw(axes[:, 1], 2, RED)
    for level, name in enumerate(("input", "layer 1", "layer 2", "layer 3")):
        axes[0, 0].text(
            -7.6, level + 0.12, name if level else "", fontsize=6.2, color=INK, va="bottom"
        )
    axes[1, 0].set_ylabel("share of paths")
    np.testing.assert_equal([len(cone(1)[-1]), len(cone(2)[-1])], [7, 15])
    save(fig, __file__)


if __name__ == "__main__":
    main()
