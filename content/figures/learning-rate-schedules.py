"""Four schedules, and the expected loss of SGD under three of them."""

import numpy as np

from house import BLUE, GOLD, INK, RED, figure, label_line, save

STEPS, WARM, PEAK = 2000, 100, 1 / 8
CURVATURES = np.geomspace(0.001, 1, 30)


def schedules():
    """Factor of the peak rate for each step."""
    t = np.arange(STEPS)
    rest = np.clip((t - WARM) / (STEPS - WARM), 0, 1)
    warm = np.minimum((t + 1) / WARM, 1)
    return {
        "constant": warm,
        "root": warm * np.sqrt(WARM / np.maximum(t, WARM)),
        "cosine": warm * (1 + np.cos(np.pi * rest)) / 2,
        "stable": warm * np.minimum(1, (1 - rest) / 0.2),
    }


def losses(shape):
    """Expected excess loss on a quadratic with gradient noise."""
    error, found = np.ones_like(CURVATURES), []
    for rate in PEAK * shape:
        error = (1 - rate * CURVATURES) ** 2 * error + rate**2 * CURVATURES
        found.append((CURVATURES * error).sum() / 2)
    return np.round(found, 4)


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    shapes = schedules()
    styles = {
        "constant": (INK, ":"),
        "root": (GOLD, "-."),
        "cosine": (BLUE, "-"),
        "stable": (RED, "--"),
    }
    t = np.arange(STEPS)
    for name, (color, dash) in styles.items():
        left.plot(t[::10], np.round(shapes[name][::10], 4), color=color, ls=dash)
        if name != "root":
            right.plot(t[::10], losses(shapes[name])[::10], color=color, ls=dash)
    left.set(xlabel="step", ylabel="rate / peak rate", ylim=(0, 1.3), xticks=[0, 1000, 2000])
    left.set_yticks([0, 0.5, 1])
    left.text(1000, 1.17, "constant", fontsize=6.5, ha="center", color=INK)
    left.text(1000, 1.05, "stable, then decay", fontsize=6.5, ha="center", color=RED)
    label_line(left, 1000, 0.62, "cosine", BLUE, fontsize=6.5)
    label_line(left, 180, 0.1, "inverse root", "#8a6800", fontsize=6.5)
    right.set_yscale("log")
    right.set(xlabel="step", ylabel="excess loss", xticks=[0, 1000, 2000], ylim=(0.015, 4))
    right.set_yticks([0.1, 1])
    label_line(right, 900, 0.22, "constant", INK, fontsize=6.5, ha="center")
    label_line(right, 640, 0.06, "cosine", BLUE, fontsize=6.5, ha="center")
    right.annotate(
        "decay\nbegins",
        (1620, 0.2),
        (1640, 0.8),
        fontsize=6.5,
        ha="center",
        color=RED,
        arrowprops={"arrowstyle": "-|>", "lw": 0.6, "color": RED},
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
