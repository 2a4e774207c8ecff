"""Superposition in a toy: five features stored in two dimensions, at three sparsities."""

import numpy as np

from house import BLUE, GREY, figure, save

FEATURES, DIMENSIONS, STARTS, BATCH = 5, 2, 8, 256
ARROW = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
WORTH = 0.9 ** np.arange(FEATURES)


def gradients(w, b, active, rng):
    """Losses of all starts and their gradients; each output is relu(w' w x + b)."""
    shape = STARTS, BATCH, FEATURES
    x = rng.random(shape) * (rng.random(shape) < active)
    h = x @ w.swapaxes(1, 2)
    out = h @ w + b
    error = np.maximum(out, 0) - x
    up = 2 * WORTH * error * (out > 0) / BATCH
    dw = h.swapaxes(1, 2) @ up + (up @ w.swapaxes(1, 2)).swapaxes(1, 2) @ x
    return (WORTH * error**2).sum(axis=2).mean(axis=1), dw, up.sum(axis=1, keepdims=True)


def train(active, steps=2500, rate=0.02):
    """The feature vectors (columns) of the best start."""
    rng = np.random.default_rng(0)
    start = 0.5 * rng.standard_normal((STARTS, DIMENSIONS, FEATURES))
    theta = [start, np.zeros((STARTS, 1, FEATURES))]
    mean, square = [np.zeros_like(t) for t in theta], [np.zeros_like(t) for t in theta]
    for t in range(1, steps + 1):
        loss, *grads = gradients(*theta, active, rng)
        for p, g, m, s in zip(theta, grads, mean, square, strict=True):
            m += 0.1 * (g - m)
            s += 0.01 * (g * g - s)
            step = (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.99**t)) + 1e-8)
            p -= rate * (1 - t / steps) * step
    return theta[0][np.argmin(loss)]


def draw(ax, w, title):
    angle = np.linspace(0, 2 * np.pi, 100)
    ax.plot(np.cos(angle), np.sin(angle), color=GREY, ls=":", lw=0.7)
    for x, y in w.T:
        if np.hypot(x, y) > 0.1:
            ax.annotate("", (x, y), (0, 0), arrowprops=ARROW)
    kept = (np.linalg.norm(w, axis=0) > 0.5).sum()
    ax.set_title(f"{title}\n{kept} features kept", fontsize=6.8)
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.3, 1.3), aspect="equal")
    ax.axis("off")


def main():
    fig, axes = figure(80, 38, columns=3)
    for ax, active in zip(axes, (1.0, 0.3, 0.05), strict=True):
        w = train(active)
        print(active, np.linalg.norm(w, axis=0).round(2))
        draw(ax, w, "always active" if active == 1 else f"{active:.0%} active")
    save(fig, __file__)


if __name__ == "__main__":
    main()
