"""A recurrent network unrolled over three steps, and how far its gradient reaches."""

import numpy as np

from house import BLUE, INK, MM, RED, plt, save

UNITS, STEPS = 64, 40


def reach(scale):
    """Mean size of the derivative of the last state by the state `lag` steps before."""
    rng = np.random.default_rng(3)
    recurrent, _ = np.linalg.qr(rng.normal(size=(UNITS, UNITS)))
    recurrent *= scale  # every singular value is `scale`
    h, slopes = np.zeros(UNITS), []
    for _ in range(60 + STEPS):
        h = np.tanh(recurrent @ h + 0.1 * rng.normal(size=UNITS))
        slopes.append(1 - h**2)
    grad, sizes = rng.normal(size=UNITS), []
    start = np.linalg.norm(grad)
    for slope in reversed(slopes[-STEPS:]):
        sizes.append(np.linalg.norm(grad) / start)
        grad = recurrent.T @ (slope * grad)
    return np.round(sizes, 7)


def unrolled(ax):
    ax.set(xlim=(-0.75, 3.15), ylim=(-1.6, 1.75))
    ax.axis("off")
    forward = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.1, "shrinkA": 0, "shrinkB": 0}
    back = {
        "arrowstyle": "-|>",
        "color": RED,
        "lw": 1.1,
        "ls": (0, (3, 1.5)),
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for t in range(3):
        for y, name in ((-1.1, f"$x_{t + 1}$"), (0, f"$h_{t + 1}$"), (1.1, f"$L_{t + 1}$")):
            ax.text(
                t * 1.12,
                y,
                name,
                ha="center",
                va="center",
                fontsize=7.5,
                bbox={"boxstyle": "circle,pad=0.22", "fc": "white", "ec": INK, "lw": 0.8},
            )
        x = t * 1.12
        ax.annotate("", (x, -0.36), (x, -0.78), arrowprops=forward)
        ax.annotate("", (x - 0.09, 0.75), (x - 0.09, 0.36), arrowprops=forward)
        ax.annotate("", (x + 0.09, 0.36), (x + 0.09, 0.75), arrowprops=back)
        left = x - 0.80
        if t:
            ax.annotate("", (x - 0.30, 0.09), (left, 0.09), arrowprops=forward)
            ax.annotate("", (left, -0.12), (x - 0.30, -0.12), arrowprops=back)
            ax.text(x - 0.56, 0.2, "$W_h$", ha="center", color=BLUE, fontsize=6.5)
    ax.text(1.12, 1.62, "unrolled: the same weights", ha="center", fontsize=6.5)
    ax.text(-0.3, -1.62, "forward", color=BLUE, fontsize=6.5)
    ax.text(1.1, -1.62, "- - gradient", color=RED, fontsize=6.5)


def main():
    fig, (left, right) = plt.subplots(1, 2, figsize=(80 * MM, 50 * MM), width_ratios=[1, 1.05])
    unrolled(left)
    for scale, colour, style, at in (
        (1.6, INK, "-.", (9, 10)),
        (1.0, BLUE, "-", (25, 0.35)),
        (0.8, RED, "--", (6, 1.2e-3)),
    ):
        sizes = reach(scale)
        right.semilogy(sizes, color=colour, ls=style)
        right.text(*at, rf"$\sigma = {scale}$", color=colour, fontsize=6.5)
    right.set(xlim=(0, STEPS), ylim=(1e-5, 1e2), xlabel="steps back", title="size of gradient")
    save(fig, __file__)


if __name__ == "__main__":
    main()
