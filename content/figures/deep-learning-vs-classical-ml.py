"""A tree and a line on the same points, before and after a rotation of the columns."""

import numpy as np

from house import BLUE, INK, RED, figure, save

DEPTH = 3


def grow(points, y, depth):
    """A tree that splits one column at a time: nested tuples, or the class of a leaf."""
    majority = 1 if np.mean(y) >= 0.5 else 0
    if depth == 0 or len(set(y)) == 1:
        return majority
    errors = {}
    for j in range(2):
        for t in np.sort(points[:, j])[:-1]:
            right = points[:, j] > t
            errors[j, t] = sum(min(s.sum(), len(s) - s.sum()) for s in (y[right], y[~right]))
    j, t = min(errors, key=errors.get)
    right = points[:, j] > t
    return (
        j,
        t,
        grow(points[~right], y[~right], depth - 1),
        grow(points[right], y[right], depth - 1),
    )


def predict(tree, points):
    if not isinstance(tree, tuple):
        return np.full(len(points), tree)
    j, t, low, high = tree
    return np.where(points[:, j] > t, predict(high, points), predict(low, points))


def leaves(tree):
    return leaves(tree[2]) + leaves(tree[3]) if isinstance(tree, tuple) else 1


def main():
    rng = np.random.default_rng(5)
    given = rng.uniform(-1, 1, (150, 2))
    y = (given[:, 0] > 0.1).astype(int)
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    side = np.linspace(-1.5, 1.5, 301)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    fig, axes = figure(80, 45, columns=2)
    sides = ((given, "Columns as given"), (given @ turn.T, "Columns rotated"))
    for ax, (points, title) in zip(axes, sides, strict=True):
        tree = grow(points, y, DEPTH)
        shade = predict(tree, grid).reshape(301, 301)
        ax.contourf(side, side, shade, levels=[0.5, 1.5], colors=["#cfe0ef"])
        w = np.linalg.lstsq(np.c_[points, np.ones(len(points))], 2 * y - 1, rcond=None)[0]
        line = (grid @ w[:2] + w[2]).reshape(301, 301)
        ax.contour(side, side, line, levels=[0], colors=[INK], linewidths=1.1, linestyles=["--"])
        for value, color, mark in ((1, BLUE, "o"), (0, RED, "x")):
            ax.plot(*points[y == value].T, mark, color=color, ms=2.2, mew=0.8)
        wrong = int((predict(tree, points) != y).sum())
        parts, missed = leaves(tree), "none" if wrong == 0 else str(wrong)
        ax.set_title(f"{title}:\ntree of {parts} leaves, {missed} wrong", fontsize=6.6)
        ax.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), xticks=[], yticks=[], aspect="equal")
        ax.set_xlabel("column 1" if points is given else "mixed column 1")
        ax.set_ylabel("column 2" if points is given else "mixed column 2")
    save(fig, __file__)


if __name__ == "__main__":
    main()
