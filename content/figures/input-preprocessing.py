"""Gradient descent with the best fixed step on raw, centred and standardised inputs."""

import numpy as np

from house import BLUE, RED, figure, save

STEPS = 12


def descend(x, y, start_error):
    """Path of (weight, bias) and the loss around its minimum, for one input and a bias."""
    design = np.column_stack([x, np.ones(len(x))])
    hessian = design.T @ design / len(x)
    best = np.linalg.solve(hessian, design.T @ y / len(x))
    low, high = np.linalg.eigvalsh(hessian)
    path = [best + start_error]
    for _ in range(STEPS):
        path.append(path[-1] - 2 / (low + high) * hessian @ (path[-1] - best))
    return np.array(path) - best, hessian, high / low


def main():
    rng = np.random.default_rng(0)
    raw = 1.5 + 0.7 * rng.standard_normal(200)
    y = 2 * raw + rng.standard_normal(200)
    centred = raw - raw.mean()
    inputs = (
        ("raw", raw),
        ("centred", centred),
        ("standardised", centred / raw.std()),
    )
    fig, axes = figure(80, 40, columns=3, sharex=True, sharey=True)
    side = np.linspace(-1.6, 1.6, 121)
    a, b = np.meshgrid(side, side)
    for ax, (title, x) in zip(axes, inputs, strict=True):
        path, h, ratio = descend(x, y, np.array([1.2, 0.9]))
        loss = 0.5 * (h[0, 0] * a * a + 2 * h[0, 1] * a * b + h[1, 1] * b * b)
        loss = np.round(loss / loss.max(), 6)  # the last bits must not split a contour
        ax.contour(
            side,
            side,
            loss,
            levels=np.linspace(0.05, 0.95, 7) ** 2,
            colors=["0.65"],
            linewidths=0.6,
        )
        ax.plot(path[:, 0], path[:, 1], color=RED, ls="-", lw=0.6, marker="o", ms=1.8)
        ax.plot(0, 0, "x", color=BLUE, ms=4, mew=1.2)
        ax.set_title(f"{title}\ncondition {ratio:.3g}", fontsize=6.6)
        ax.set(xticks=[], yticks=[], aspect="equal", xlim=(-1.6, 1.6), ylim=(-1.6, 1.6))
        ax.set_xlabel("weight")
    axes[0].set_ylabel("bias")
    save(fig, __file__)


if __name__ == "__main__":
    main()
