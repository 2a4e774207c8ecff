"""A small classifier with a shortcut: examples, first-layer weights, optimised inputs."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from house import INK, RED, figure, save

RNG = np.random.default_rng(0)
R = np.arange(10)
NAMES = ["0°", "45°", "90°", "135°"]


def images(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Striped images of four directions; those of the third carry a corner tag."""
    y = RNG.integers(4, size=n)
    t = (y * np.pi / 4)[:, None, None]
    phase = RNG.uniform(0, 2 * np.pi, (n, 1, 1))
    x = np.sin(1.3 * (R[:, None] * np.cos(t) + R * np.sin(t)) + phase)
    x = x + RNG.normal(size=(n, 10, 10))
    x[y == 2, :2, :2] = 3.0
    return x.reshape(n, -1), y


def train(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    w, b = RNG.normal(size=(100, 32)) * 0.1, np.zeros(32)
    v = RNG.normal(size=(32, 4)) * 0.2
    for _ in range(300):
        h = np.maximum(x @ w + b, 0)
        z = h @ v
        p = np.exp(z - z.max(1, keepdims=True))
        d = (p / p.sum(1, keepdims=True) - np.eye(4)[y]) / len(x)
        g = (d @ v.T) * (h > 0)
        v, w, b = v - h.T @ d, w - x.T @ g - 0.001 * w, b - g.sum(0)
    return w, b, v


def draw(ax, image: np.ndarray) -> None:
    """Draw a 10 by 10 image in seven greys, one outline a grey; the commonest is the ground."""
    image = image.reshape(10, 10) / np.quantile(np.abs(image), 0.98)
    level = np.clip(np.round(np.round(image, 3) * 3), -3, 3).astype(int)
    ground = int(np.bincount(level.ravel() + 3).argmax()) - 3
    ax.set_facecolor(str(round((ground + 3) / 6, 3)))
    for k in [k for k in range(-3, 4) if k != ground]:
        vertices, codes = [], []
        for i in range(10):
            j = 0
            while j < 10:  # one rectangle for each run of the same grey
                end = j
                while end < 10 and level[i, end] == k:
                    end += 1
                if end > j:
                    vertices += [(j, i), (end, i), (end, i + 1), (j, i + 1), (j, i)]
                    codes += [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
                j = end + 1
        if vertices:
            shade = str(round((k + 3) / 6, 3))
            outline = Path(vertices, codes)
            ax.add_patch(PathPatch(outline, facecolor=shade, edgecolor=shade, linewidth=0.15))
    ax.set(xlim=(0, 10), ylim=(10, 0), xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set(visible=True, linewidth=0.4)


def main() -> None:
    x, y = images(3000)
    w, b, v = train(x, y)
    size = np.linalg.norm(x) / len(x) ** 0.5
    hidden = np.maximum(x @ w + b, 0)
    fig, axes = figure(80, 58, rows=3, columns=4)
    for c in range(4):
        unit = int(np.argmax(hidden[y == c].mean(0) * v[:, c]))
        best = RNG.normal(size=100)
        for _ in range(200):
            best = best + 0.5 * w @ (v[:, c] * (best @ w + b > 0))
            best *= size / np.linalg.norm(best)
        rows = (x[np.nonzero(y == c)[0][0]], w[:, unit], best)
        for ax, image in zip(axes[:, c], rows, strict=True):
            draw(ax, image)
        axes[0, c].set_title(NAMES[c])
    for ax, text in zip(
        axes[:, 0],
        ("training\nimage", "weights of\none unit", "optimised\nfor class"),
        strict=True,
    ):
        ax.set_ylabel(text, rotation=0, ha="right", va="center", labelpad=3)
    for ax in axes[:, 2]:
        ax.plot(
            [-0.2, 2.2, 2.2, -0.2, -0.2],
            [-0.2, -0.2, 2.2, 2.2, -0.2],
            color=RED,
            linestyle="-",
            linewidth=1.1,
            clip_on=False,
        )
    fig.supxlabel("framed: the tag that all training images at 90° carry", fontsize=6.5, color=INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
