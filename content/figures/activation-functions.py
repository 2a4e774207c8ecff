"""Activation functions above, their derivatives below."""

from math import erf, pi, sqrt

import numpy as np

from house import BLUE, GOLD, INK, MM, RED, label_line, plt, save

LEAK = 0.1


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def normal_cdf(x):
    """Distribution function of the standard normal."""
    return 0.5 * (1 + np.vectorize(erf)(x / sqrt(2)))


def phi(x):
    return np.exp(-(x**2) / 2) / sqrt(2 * pi)


CURVES = {  # name: (function, derivative, colour, dash, column)
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)), BLUE, "-", 0),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2, RED, "--", 0),
    "ReLU": (lambda x: np.maximum(0, x), lambda x: 1.0 * (x > 0), BLUE, "-", 1),
    "leaky": (
        lambda x: np.where(x > 0, x, LEAK * x),
        lambda x: np.where(x > 0, 1.0, LEAK),
        GOLD,
        (0, (1, 1)),
        1,
    ),
    "GELU": (lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * phi(x), RED, "--", 1),
    "SiLU": (
        lambda x: x * sigmoid(x),
        lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x))),
        INK,
        "-.",
        1,
    ),
}


def main():
    fig, axes = plt.subplots(2, 2, figsize=(80 * MM, 60 * MM), width_ratios=[1, 1.25])
    left, right = np.linspace(-5, 5, 1001), np.linspace(-3.2, 2.2, 1081)
    for f, df, color, dash, column in CURVES.values():
        x = right if column else left
        for row, function in enumerate((f, df)):
            y = np.round(function(x), 4)
            if row and column:  # a jump is no line
                y = np.where(np.append(np.abs(np.diff(y)) > 0.3, False), np.nan, y)
            axes[row, column].plot(x, y, color=color, linestyle=dash, linewidth=1.2)
    for ax in axes.flat:
        ax.axhline(0, color="#c4c4c4", linestyle="-", linewidth=0.5, zorder=0)
        ax.axvline(0, color="#c4c4c4", linestyle="-", linewidth=0.5, zorder=0)
    for ax in axes[:, 0]:
        ax.set(xlim=(-5, 5), xticks=[-5, 0, 5])
    for ax in axes[:, 1]:
        ax.set(xlim=(-3.2, 2.2), xticks=[-3, -2, -1, 0, 1, 2])
    axes[0, 0].set(ylim=(-1.15, 1.25), yticks=[-1, 0, 1], title="Saturating", ylabel="$f(x)$")
    axes[1, 0].set(ylim=(-0.05, 1.12), yticks=[0, 0.25, 1], ylabel="$f'(x)$", xlabel="$x$")
    axes[1, 0].set_yticklabels(["0", "0.25", "1"])
    axes[0, 1].set(ylim=(-0.95, 2.0), yticks=[0, 1, 2], title="Rectifying")
    axes[1, 1].set(ylim=(-0.22, 1.38), yticks=[0, 1], xlabel="$x$")
    size = {"fontsize": 6.5, "ha": "center", "va": "center"}
    label_line(axes[0, 0], -2.9, 0.34, "sigmoid", BLUE, **size)
    label_line(axes[0, 0], -2.9, -0.66, "tanh", RED, **size)
    label_line(axes[1, 0], 3.3, 0.27, "sigmoid", BLUE, **size)
    label_line(axes[1, 0], 2.1, 0.72, "tanh", RED, **size)

    def point(ax, text, at, to, color):
        ax.annotate(
            text,
            xy=to,
            xytext=at,
            color=color,
            fontsize=6.5,
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": color, "linewidth": 0.6, "shrinkB": 1},
        )

    top, bottom = axes[0, 1], axes[1, 1]
    point(top, "ReLU", (-2.2, 0.6), (-1.9, 0.0), BLUE)
    label_line(top, -2.6, -0.6, "leaky", "#8a6800", **size)
    point(top, "GELU", (-0.95, 0.75), (-0.6, -0.165), RED)
    label_line(top, -1.0, -0.6, "SiLU", INK, **size)
    point(bottom, "ReLU", (-2.5, 0.5), (-2.2, 0.0), BLUE)
    point(bottom, "leaky", (-1.4, 0.62), (-1.55, LEAK), "#8a6800")
    label_line(bottom, 1.35, 1.23, "GELU", RED, **size)
    point(bottom, "SiLU", (1.55, 0.48), (0.8, 0.855), INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
