"""The weight with a weak gradient over the scale of the loss: an L2 penalty and decoupled decay."""

import numpy as np

from house import BLUE, GREY, RED, figure, label_line, save


def weak_weight(decoupled, scale, seed, decay=0.1, rate=0.01):
    """Adam on two features, the second ten times smaller; true weights are one."""
    rng = np.random.default_rng(seed)
    w, m, v, path = np.zeros(2), np.zeros(2), np.zeros(2), []
    for t in range(1, 3001):
        x = np.array([2.0, 0.2]) * rng.standard_normal((8, 2))
        g = scale * x.T @ (x @ w - x.sum(axis=1) - rng.standard_normal(8)) / 8
        if decoupled:
            w = w * (1 - rate * decay)
        else:
            g = g + decay * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(w[1])
    return np.mean(path[1000:])


def main():
    fig, ax = figure(80, 44)
    scales = np.geomspace(0.01, 100, 9)
    for decoupled, color, dash, marker in ((False, RED, "--", "s"), (True, BLUE, "-", "o")):
        runs = [[weak_weight(decoupled, s, seed) for seed in range(5)] for s in scales]
        middle = np.round(np.median(runs, axis=1), 2)
        ax.plot(scales, middle, color=color, ls=dash, marker=marker, ms=3)
    ax.axhline(1, color=GREY, lw=0.7, ls=":")
    ax.set(xscale="log", xlabel="loss multiplied by", ylabel="learned weight (true: 1)")
    ax.set(ylim=(0, 1.15), yticks=[0, 0.5, 1])
    ax.set_xticks([0.01, 1, 100], ["1/100", "1", "100"])
    ax.minorticks_off()
    label_line(ax, 0.012, 0.72, "AdamW", BLUE)
    label_line(ax, 2.2, 0.25, "Adam with L2 penalty", RED)
    save(fig, __file__)


if __name__ == "__main__":
    main()
