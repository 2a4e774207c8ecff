"""A classifier beside an autoencoder, and the direction each learns on the same data."""

import numpy as np
from matplotlib.patches import Polygon

from house import BLUE, GREY, INK, RED, figure, label_line, save


def data(n=1000):
    rng = np.random.default_rng(0)
    label = rng.integers(0, 2, n)
    x = np.c_[2.0 * rng.normal(size=n), 2.0 * label - 1 + 0.3 * rng.normal(size=n)]
    return x - x.mean(axis=0), label


def decoder_direction(x, steps=2000, rate=0.02):
    """Unit vector along which a linear autoencoder with one code unit reconstructs."""
    rng = np.random.default_rng(1)
    e, d = rng.normal(0, 0.1, (2, 1)), rng.normal(0, 0.1, (1, 2))
    for _ in range(steps):
        z = x @ e
        g = (z @ d - x) / len(x)
        e, d = e - rate * x.T @ g @ d.T, d - rate * z.T @ g
    return d[0] / np.linalg.norm(d)


def classifier_direction(x, y, steps=2000, rate=0.5):
    w = np.zeros(2)
    for _ in range(steps):
        w = w - rate * x.T @ (1 / (1 + np.exp(-x @ w)) - y) / len(x)
    return w / np.linalg.norm(w)


def draw_networks(ax):
    ax.set(xlim=(0, 100), ylim=(0, 100))
    ax.axis("off")
    arrow = {"arrowstyle": "-|>", "lw": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 6}

    def trapezium(x, y, width, left, right, shade):
        corners = [(x, y - left), (x, y + left), (x + width, y + right), (x + width, y - right)]
        ax.add_patch(Polygon(corners, fc=shade, ec=INK, lw=0.7))

    def step(x0, x1, y):
        ax.annotate("", (x1, y), (x0, y), arrowprops=arrow | {"color": INK})

    def compare(x0, x1, y, text, color, drop):
        ax.plot([x0, x0, x1], [y - 8, y - drop, y - drop], color=color, lw=0.9, ls=(0, (3, 1.5)))
        ax.annotate(
            "",
            (x1, y - 8),
            (x1, y - drop),
            arrowprops=arrow | {"color": color, "ls": (0, (3, 1.5))},
        )
        ax.text((x0 + x1) / 2, y - drop - 9.5, text, ha="center", color=color, fontsize=6.3)

    for y, name in ((78, "supervised"), (28, "autoencoder")):
        ax.text(0, y + 16, name, fontsize=7.5)
        ax.text(3, y, "$x$", ha="center", va="center", fontsize=8)
        step(8, 15, y)
        trapezium(15, y, 22, 11, 5, "#dbe7f3")
        ax.text(26, y, "enc.", ha="center", va="center", fontsize=6.3)
        step(37, 44, y)
    ax.text(52, 78, r"$\hat{y}$", ha="center", va="center", fontsize=8)
    ax.text(92, 78, "$y$", ha="center", va="center", fontsize=8)
    ax.annotate(
        "",
        (57, 78),
        (87, 78),
        arrowprops=arrow | {"color": RED, "ls": (0, (3, 1.5)), "arrowstyle": "<|-|>"},
    )
    ax.text(72, 82, "label", ha="center", color=RED, fontsize=6.3)
    ax.text(48, 28, "$z$", ha="center", va="center", fontsize=8)
    step(52, 58, 28)
    trapezium(58, 28, 22, 5, 11, "#f7e3d6")
    ax.text(69, 28, "dec.", ha="center", va="center", fontsize=6.3)
    step(80, 87, 28)
    ax.text(92, 28, r"$\hat{x}$", ha="center", va="center", fontsize=8)
    compare(3, 92, 28, "target: the input itself", RED, 18)


def main():
    fig, (left, right) = figure(80, 44, columns=2, width_ratios=[1.25, 1])
    draw_networks(left)
    x, label = data()
    few = np.round(x[:160], 4)
    for value, marker, color in ((0, "o", GREY), (1, "^", BLUE)):
        chosen = few[label[:160] == value]
        right.plot(*chosen.T, ls="", marker=marker, ms=1.8, color=color)
    for vector, color, size in (
        (np.round(decoder_direction(x), 3), RED, 4.9),
        (np.round(classifier_direction(x, label), 3), INK, 2.3),
    ):
        tip = size * vector * np.sign(vector[np.abs(vector).argmax()])
        look = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "mutation_scale": 7}
        halo = look | {"color": "white", "lw": 3.6}
        right.annotate("", tip, (0, 0), arrowprops=halo)
        right.annotate("", tip, (0, 0), arrowprops=look | {"color": color, "lw": 1.5})
    label_line(right, 5.6, -0.3, "code", RED, ha="right", va="center")
    label_line(right, 0.4, 2.3, "classifier", INK)
    right.set(xlim=(-5.6, 5.6), ylim=(-3, 3.2), xlabel="input 1", ylabel="input 2")
    right.set_title("Direction learned", loc="left")
    right.set_yticks([-2, 0, 2])
    save(fig, __file__)


if __name__ == "__main__":
    main()
