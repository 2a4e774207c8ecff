"""Plain and residual block; the loss along the negative gradient, 40 blocks deep."""

import numpy as np

from house import BLUE, INK, MM, RED, plt, save

WIDTH, EXAMPLES, DEPTH = 16, 128, 40


def forward(data, target, weights, skip):
    x, tape = data, []
    for layer, w in enumerate(weights):
        s = x.std(0) + 1e-5
        z = (x - x.mean(0)) / s
        tape.append((z, s))
        x = np.maximum(z, 0) @ w + (x if skip and layer < len(weights) - 1 else 0)
    return ((x - target) ** 2).mean(), x, tape


def along_gradient(skip, distances):
    """Loss at `distances` from the start, straight down the first gradient."""
    rng = np.random.default_rng(0)
    data = rng.normal(size=(EXAMPLES, WIDTH))
    target = np.sin(2 * data[:, :1]) + data[:, 1:2] * data[:, 2:3]
    target = (target - target.mean()) / target.std()
    weights = [rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH)) for _ in range(DEPTH)]
    weights.append(rng.normal(0, 0.25, (WIDTH, 1)))
    _, x, tape = forward(data, target, weights, skip)
    g, grads = 2 * (x - target) / EXAMPLES, []
    for layer in reversed(range(DEPTH + 1)):
        z, s = tape[layer]
        grads.insert(0, np.maximum(z, 0).T @ g)
        d = (g @ weights[layer].T) * (z > 0)
        d = (d - d.mean(0) - z * (d * z).mean(0)) / s
        g = d + (g if skip and layer < DEPTH else 0)
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    losses = [
        forward(data, target, [w - t * g / norm for w, g in zip(weights, grads, strict=True)], skip)
        for t in distances
    ]
    return np.round([loss for loss, _, _ in losses], 4)


def block(ax, x, skip, colour):
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 0.8, "shrinkA": 0, "shrinkB": 0}
    for y, text in (
        (7.2, "norm, ReLU"),
        (5.2, "weights"),
    ):
        ax.text(
            x,
            y,
            text,
            ha="center",
            va="center",
            fontsize=6.3,
            bbox={"boxstyle": "round,pad=0.3", "fc": "white", "ec": INK, "lw": 0.8},
            zorder=3,
        )
    ax.annotate("", (x, 7.85), (x, 9.2), arrowprops=arrow)
    ax.annotate("", (x, 5.85), (x, 6.6), arrowprops=arrow)
    ax.text(x, 9.5, "$x$", ha="center")
    if skip:
        ax.annotate("", (x, 3.75), (x, 4.55), arrowprops=arrow)
        ax.text(
            x,
            3.2,
            "+",
            ha="center",
            va="center",
            fontsize=8,
            zorder=3,
            bbox={"boxstyle": "circle,pad=0.1", "fc": "white", "ec": INK, "lw": 0.8},
        )
        ax.plot([x, x + 2.5, x + 2.5], [8.7, 8.7, 3.2], color=colour, ls="-", lw=1.4)
        ax.annotate(
            "", (x + 0.5, 3.2), (x + 2.5, 3.2), arrowprops=arrow | {"color": colour, "lw": 1.4}
        )
        ax.annotate("", (x, 1.7), (x, 2.6), arrowprops=arrow)
        ax.text(x, 0.7, "$x + F(x)$", ha="center")
    else:
        ax.annotate("", (x, 1.7), (x, 4.55), arrowprops=arrow)
        ax.text(x, 0.7, "$F(x)$", ha="center")
    ax.text(x, 10.9, "residual" if skip else "plain", ha="center", color=colour)


def main():
    fig, (left, right) = plt.subplots(1, 2, figsize=(80 * MM, 50 * MM), width_ratios=[1, 1.15])
    left.set(xlim=(0, 10.4), ylim=(0, 11.6))
    left.axis("off")
    block(left, 2.1, False, RED)
    block(left, 7.2, True, BLUE)
    distances = np.linspace(0, 1.5, 121)
    right.plot(distances, along_gradient(False, distances), color=RED, ls="--", lw=0.9)
    right.plot(distances, along_gradient(True, distances), color=BLUE, ls="-")
    right.text(0.72, 1.6, "plain", color=RED)
    right.text(0.55, 0.87, "residual", color=BLUE)
    right.set(
        xlim=(0, 1.5),
        ylim=(0.8, 1.7),
        xlabel="distance down the gradient",
        title="loss, 40 blocks deep",
        yticks=[0.8, 1.2, 1.6],
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
