"""What one, two and three layers of the same two folds compute."""

import numpy as np

from house import BLUE, INK, MM, plt, save


def tent(h):
    """A layer of two ReLU units that folds [0, 1] in the middle."""
    return 2 * np.maximum(0, h) - 4 * np.maximum(0, h - 0.5)


def main():
    fig, axes = plt.subplots(2, 3, figsize=(80 * MM, 60 * MM), height_ratios=[1, 1.35])
    x = np.linspace(0, 1, 1025)
    grid = np.linspace(0, 1, 65)  # every kink lies on it
    y, h1, h2 = x, *np.meshgrid(grid, grid)
    for depth in range(3):
        y, h1, h2 = tent(y), tent(h1), tent(h2)
        top, bottom = axes[0, depth], axes[1, depth]
        top.plot(x, y, color=BLUE, linestyle="-", clip_on=False)
        pieces = 1 + np.sum(np.diff(np.diff(y)) != 0)
        layers = "1 layer" if depth == 0 else f"{depth + 1} layers"
        top.set_title(f"{layers}: {pieces} pieces", fontsize=6.8)
        top.set(xlim=(0, 1), ylim=(-0.06, 1.12), xticks=[0, 1], yticks=[0, 1])
        top.set_xlabel("$x$", labelpad=-5)
        inside = h1 + h2 > 1.45
        bottom.contourf(grid, grid, h1 + h2, levels=[1.45, 3], colors=[BLUE])
        count = sum(1 for _ in _components(inside))
        bottom.set_title("1 area" if count == 1 else f"{count} areas")
        bottom.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
        bottom.set_xlabel("$x_1$", labelpad=-5)
        for side in ("top", "right"):
            bottom.spines[side].set_visible(True)
    axes[0, 0].set_ylabel("output $y$")
    axes[1, 0].set_ylabel("$x_2$")
    for ax in axes[:, 1:].flat:
        ax.set_yticklabels([])
    for ax in axes.flat:
        ax.tick_params(colors=INK)
    save(fig, __file__)


def _components(mask):
    """Connected areas of a mask, counted by flooding."""
    left = {tuple(p) for p in np.argwhere(mask)}
    while left:
        stack = [left.pop()]
        while stack:
            i, j = stack.pop()
            for p in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                if p in left:
                    left.remove(p)
                    stack.append(p)
        yield True


if __name__ == "__main__":
    main()
