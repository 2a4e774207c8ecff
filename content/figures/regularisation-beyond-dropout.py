"""How an L2 penalty and weight decay shrink two weights under Adam, on a flat loss."""

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

RATE, DECAY, STEPS, COPIES = 1e-2, 1e-2, 1000, 1000
NOISE = np.array([[10.0], [0.1]])  # size of the gradient noise of the two weights


def shrink(decoupled, every=20):
    """Mean of each weight over copies, half of which see the opposite noise."""
    rng = np.random.default_rng(1)
    w = np.ones((2, COPIES))
    m, v, means = np.zeros_like(w), np.zeros_like(w), [(1.0, 1.0)]
    for t in range(1, STEPS + 1):
        z = rng.standard_normal((2, COPIES // 2))
        g = NOISE * np.hstack([z, -z])
        if decoupled:
            w -= RATE * DECAY * w
        else:
            g += DECAY * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w -= RATE * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        if t % every == 0:
            means.append(tuple(w.mean(axis=1)))
    return np.arange(len(means)) * every, np.array(means)


def main():
    fig, axes = figure(80, 46, columns=2, sharey=True)
    for ax, title, decoupled in zip(axes, ("Adam with L2", "AdamW"), (False, True), strict=True):
        steps, means = shrink(decoupled)
        ax.plot(steps, means[:, 0], color=BLUE, ls="-")
        ax.plot(steps, means[:, 1], color=RED, ls="--")
        ax.plot(steps, (1 - RATE * DECAY) ** steps, color=INK, ls=":", lw=0.9)
        ax.set_title(title)
        ax.set_xlabel("step")
        ax.set(ylim=(0, 1.08), xticks=[0, 500, 1000], yticks=[0, 0.5, 1])
    axes[0].set_ylabel("mean weight")
    label_line(axes[0], 980, 0.86, "large gradients", BLUE, fontsize=6.2, ha="right", va="top")
    label_line(axes[0], 60, 0.34, "small\ngradients", RED, fontsize=6.2)
    label_line(
        axes[1],
        980,
        0.8,
        "both weights, and\n$(1 - \\eta\\lambda)^t$ (dotted)",
        INK,
        fontsize=6.2,
        ha="right",
        va="top",
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
