"""Where a unit with two inputs switches: the weights turn the line, the bias moves it."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

REACH = 2.0  # half the side of the plane that is shown


def boundary(w, b):
    """Two far points of the line on which w . x + b = 0."""
    w = np.asarray(w, dtype=float)
    foot = -b * w / (w @ w)
    along = np.array([-w[1], w[0]]) / np.linalg.norm(w)
    return np.stack([foot - 5 * along, foot + 5 * along])


def draw(ax, w, b, color, style):
    line = boundary(w, b)
    ax.plot(line[:, 0], line[:, 1], color=color, ls=style)
    foot = line.mean(axis=0)
    tip = foot + 0.55 * np.asarray(w) / np.linalg.norm(w)
    ax.annotate("", tip, foot, arrowprops={"arrowstyle": "->", "color": color, "lw": 0.9})


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    styles = ((BLUE, "-"), (RED, "--"), (INK, "-."))
    for (color, style), angle in zip(styles, (20, 70, 120), strict=True):
        turn = np.deg2rad(angle)
        draw(left, (np.cos(turn), np.sin(turn)), 0.0, color, style)
    for (color, style), b in zip(styles, (1.0, 0.0, -1.0), strict=True):
        w = (np.cos(0.6), np.sin(0.6))
        draw(right, w, b, color, style)
        y = -0.8 if b < 0 else -1.8
        x = (-b - w[1] * y) / w[0] - 0.2
        right.text(x, y, f"$b={b:+.0f}$" if b else "$b=0$", color=color, fontsize=6.5, ha="right")
    for ax, title in (
        (left, "$b=0$, other weights:\nall lines through the origin"),
        (right, "same weights, other bias:\nparallel lines"),
    ):
        ax.plot(0, 0, "o", color=INK, ms=2.5)
        ax.axhline(0, color=GREY, lw=0.4, ls="-", zorder=0)
        ax.axvline(0, color=GREY, lw=0.4, ls="-", zorder=0)
        ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[], yticks=[], aspect="equal")
        ax.set_title(title, fontsize=6.6)
        ax.set_xlabel("$x_1$")
        ax.set_ylabel("$x_2$")
    save(fig, __file__)


if __name__ == "__main__":
    main()
