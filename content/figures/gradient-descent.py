"""Paths on an elongated bowl, and the contraction of the two directions."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

CURVATURES = np.array([1.0, 10.0])


def path(rate, start, steps):
    """Gradient descent on half the weighted sum of squares."""
    points = [np.array(start)]
    for _ in range(steps):
        points.append(points[-1] - rate * CURVATURES * points[-1])
    return np.round(np.array(points), 4)


def draw_paths(ax):
    x, y = np.meshgrid(np.linspace(-0.6, 2.3, 120), np.linspace(-1.15, 1.15, 120))
    bowl = 0.5 * (CURVATURES[0] * x**2 + CURVATURES[1] * y**2)
    ax.contour(x, y, bowl, levels=[0.15, 0.6, 1.4, 2.5, 4.0], colors="#c4c4c4", linewidths=0.6)
    start = (2.0, 0.5)
    slow, zigzag, away = path(0.05, start, 12), path(0.18, start, 12), path(0.208, start, 8)
    ax.plot(*away.T, color=INK, ls=":", marker="^", ms=2.2, lw=0.9)
    ax.plot(*zigzag.T, color=RED, ls="--", marker="s", ms=2.0, lw=1.0)
    ax.plot(*slow.T, color=BLUE, ls="-", marker="o", ms=2.2, lw=1.3)
    ax.plot(0, 0, "x", color=INK, ms=4)
    ax.set(xlim=(-0.35, 2.3), ylim=(-1.5, 1.5), xticks=[], yticks=[])
    ax.set_xlabel(r"flat direction ($\lambda = 1$)")
    ax.set_ylabel(r"steep direction ($\lambda = 10$)")
    label_line(ax, 2.28, 1.28, r"$\eta=0.208$: diverges", INK, fontsize=6.5, ha="right")
    label_line(ax, 2.28, -1.02, r"$\eta=0.18$: zigzags", RED, fontsize=6.5, ha="right")
    label_line(ax, 2.28, -1.34, r"$\eta=0.05$: creeps", BLUE, fontsize=6.5, ha="right")


def draw_factors(ax):
    rates = np.linspace(0, 0.23, 231)
    flat, steep = (np.abs(1 - rates * c) for c in CURVATURES)
    best, limit = 2 / CURVATURES.sum(), 2 / CURVATURES.max()
    ax.axvspan(limit, 0.23, color="#e6e6e6", lw=0)
    ax.axhline(1, color=GREY, lw=0.6)
    ax.plot(rates, flat, color=BLUE, ls="-")
    ax.plot(rates, steep, color=RED, ls="--")
    worst = float(np.round(np.abs(1 - best * CURVATURES).max(), 4))
    ax.plot(best, worst, "o", color=INK, ms=3.5)
    ax.annotate(
        "best:\n0.82",
        (best, worst),
        (0.1, 0.42),
        ha="center",
        fontsize=6.5,
        arrowprops={"arrowstyle": "-", "lw": 0.6, "color": INK},
    )
    ax.set(xlim=(0, 0.23), ylim=(0, 1.32), xticks=[0, 0.1, 0.2])
    ax.set_yticks([0, 0.5, 1])
    ax.set_xlabel(r"step $\eta$")
    ax.set_ylabel(r"factor a step, $|1-\eta\lambda|$")
    label_line(ax, 0.06, 0.8, r"$\lambda=1$", BLUE, fontsize=6.5, ha="center")
    label_line(ax, 0.012, 0.12, r"$\lambda=10$", RED, fontsize=6.5)
    ax.text(0.198, 1.2, r"beyond $2/\lambda_{\max}$", fontsize=6.5, ha="right", va="center")
    ax.annotate(
        "", (0.216, 1.2), (0.2, 1.2), arrowprops={"arrowstyle": "-|>", "lw": 0.6, "color": INK}
    )


def main():
    fig, (left, right) = figure(80, 46, columns=2, width_ratios=[1.15, 1])
    draw_paths(left)
    draw_factors(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
