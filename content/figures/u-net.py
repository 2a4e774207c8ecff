"""The U-Net of the 2015 paper, level by level, and what a coarse grid can express."""

import numpy as np
from matplotlib.patches import Rectangle

from house import BLUE, GREY, INK, RED, figure, label_line, save


def sizes(n=572, widths=(64, 128, 256, 512, 1024)):
    """Side length and channels after the two unpadded convolutions of each level."""
    down = []
    for level, width in enumerate(widths):
        n = (n // 2 if level else n) - 4
        down.append((n, width))
    up = []
    for _, width in down[-2::-1]:
        n = 2 * n - 4
        up.append((n, width))
    return down, up[::-1]


def coarse_iou(strides):
    """Best intersection over union with one label per `stride` x `stride` block."""
    size = 256
    points = np.indices((size, size)).reshape(2, -1).T
    seeds = np.random.default_rng(1).uniform(0, size, (16, 2))
    near = np.sort(np.linalg.norm(points[:, None] - seeds, axis=2), axis=1)
    border = (near[:, 1] - near[:, 0] < 4).reshape(size, size)
    scores = []
    for s in strides:
        blocks = border.reshape(size // s, s, size // s, s).mean(axis=(1, 3))
        hit = np.sort(blocks, axis=None)[::-1].cumsum()  # in the k fullest blocks
        k = np.arange(1, hit.size + 1)
        scores.append((hit / (k + hit[-1] - hit)).max())
    return np.round(scores, 4)


def draw_network(ax):
    ax.set(xlim=(-1, 101), ylim=(0, 100))
    ax.axis("off")
    down, up = sizes()
    wide, high, gap, indent = 27, 9, 19.5, 3.5
    tops = [89 - gap * level for level in range(5)]

    def box(x, y, n, c, shade):
        ax.add_patch(Rectangle((x, y - high / 2), wide, high, fc=shade, ec=INK, lw=0.7))
        ax.text(x + wide / 2, y - 0.4, f"{n}²·{c}", ha="center", va="center", fontsize=6.2)

    arrow = {"arrowstyle": "-|>", "lw": 1.0, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 6}
    for level in range(4):
        left, right, y = indent * level, 100 - wide - indent * level, tops[level]
        box(left, y, *down[level], "#dbe7f3")
        box(right, y, *up[level], "#f7e3d6")
        ax.annotate(
            "", (right, y), (left + wide, y), arrowprops=arrow | {"color": GREY, "ls": (0, (2, 1))}
        )
        below = tops[level + 1]
        start = left + wide / 2 + indent / 2
        end = 44 if level == 3 else start
        bottom, top = y - high / 2, below + high / 2
        ax.annotate("", (end, top), (start, bottom), arrowprops=arrow | {"color": BLUE})
        ax.annotate("", (100 - start, bottom), (100 - end, top), arrowprops=arrow | {"color": RED})
    box(50 - wide / 2, tops[4], *down[4], "#e6e6e6")
    ax.text(50, tops[0] + 2, "copy, crop,\nconcatenate", ha="center", va="bottom", fontsize=6)
    ax.text(2, 11, "pool: more\ncontext", color=BLUE, fontsize=6.5, va="center")
    ax.text(99, 11, "up-convolve:\nmore detail", color=RED, fontsize=6.5, va="center", ha="right")


def main():
    fig, (left, right) = figure(80, 52, columns=2, width_ratios=[2.05, 1])
    draw_network(left)
    strides = [1, 2, 4, 8, 16, 32]
    right.plot(strides, coarse_iou(strides), color=INK, ls="-", marker="o", ms=3)
    right.set_xscale("log", base=2)
    right.set_xticks([1, 4, 16], ["1", "4", "16"])
    right.set_yticks([0, 0.5, 1])
    right.set_ylim(-0.03, 1.05)
    right.set_xlabel("block side, pixels")
    right.set_title("best overlap\nwith thin borders", fontsize=6.8, loc="left")
    label_line(right, 1.1, 0.12, "IoU", INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
