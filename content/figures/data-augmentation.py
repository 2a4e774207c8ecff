"""What augmentations do to a picture of a 'b', and to its label."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from house import INK, RED, figure, save

N = 48
Y, X = np.mgrid[0:N, 0:N] + 0.5


def letter_b():
    """A stem on the left and a ring beside its lower half."""
    stem = (X > 13) & (X < 19) & (Y > 6) & (Y < 42)
    r = np.hypot(X - 24, Y - 31)
    return np.where(stem | ((r > 6) & (r < 11.5)), 0.05, 0.95)


def letter_x():
    one, two = np.abs((X - 24) - (Y - 25)), np.abs((X - 24) + (Y - 25))
    return np.where(((one < 5) | (two < 5)) & (Y > 10) & (Y < 40), 0.3, 0.95)


def crop(image, top, left, size):
    """Cut a square out and enlarge it to the old size (nearest pixel)."""
    index = np.arange(N) * size // N
    return image[np.ix_(top + index, left + index)]


def outline(inside):
    """The border of a set of pixels as one path of closed loops."""
    following = {}
    for y, x in np.argwhere(inside).tolist():
        square = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        for start, end in zip(square, square[1:] + square[:1], strict=True):
            if start in following.get(end, []):  # shared with a neighbour
                following[end].remove(start)
            else:
                following.setdefault(start, []).append(end)
    points, codes = [], []
    while following := {k: v for k, v in following.items() if v}:
        loop = [min(following)]
        while len(loop) == 1 or loop[-1] != loop[0]:
            loop.append(following[loop[-1]].pop())
        corners = loop[:1]
        for before, here, after in zip(loop, loop[1:], loop[2:], strict=False):
            if not before[0] == here[0] == after[0] and not before[1] == here[1] == after[1]:
                corners.append(here)
        points += [*corners, corners[0]]
        codes += [Path.MOVETO, *[Path.LINETO] * (len(corners) - 1), Path.CLOSEPOLY]
    return Path(points, codes)


def draw(ax, image):
    """Draw pixels as vector areas: all that is as dark as a grey or darker,
    from light to dark, so that no hairline shows between the greys."""
    for grey in sorted(set(image.flat), reverse=True):
        area = outline(image <= grey)
        ax.add_patch(PathPatch(area, facecolor=str(grey), edgecolor="none", lw=0))
    ax.set(xlim=(0, N), ylim=(N, 0), aspect="equal")


def main():
    rng = np.random.default_rng(0)
    b, x = letter_b(), letter_x()
    noise = np.kron(rng.integers(-1, 2, size=(12, 12)), np.ones((4, 4)))
    grey = np.clip(0.5 * b + 0.25 + 0.1 * noise, 0, 1)
    erased = b.copy()
    erased[22:34, 24:40] = 0.5
    mixed = 0.6 * b + 0.4 * x
    cut = b.copy()
    cut[0:24, 24:48] = x[0:24, 24:48]
    panels = [
        (b, "original: b", INK),
        (crop(b, 4, 8, 38), "crop: b", INK),
        (grey, "light, noise: b", INK),
        (erased, "erase: b", INK),
        (b[:, ::-1], "flip: now a d!", RED),
        (x, "other: x", INK),
        (mixed, "mixup:\n0.6 b + 0.4 x", INK),
        (cut, "CutMix:\n0.75 b + 0.25 x", INK),
    ]
    fig, axes = figure(80, 53, rows=2, columns=4)
    for ax, (image, title, color) in zip(axes.flat, panels, strict=True):
        draw(ax, np.round(image, 2))
        ax.set_xticks([])
        ax.set_yticks([])
        for side in ax.spines.values():
            side.set(visible=True, linewidth=0.6, color=color)
        ax.set_xlabel(title, fontsize=6.3, color=color, labelpad=2)
    save(fig, __file__)


if __name__ == "__main__":
    main()
