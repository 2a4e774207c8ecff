"""Spread of node features over layers; two graphs that no message passing tells apart."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

NODES, DEPTH, SEEDS = 300, 16, 20


def spreads(seed):
    """Standard deviation over nodes after each layer, relative to the input: plain, restarted."""
    rng = np.random.default_rng(seed)
    side = np.repeat([-1.0, 1.0], NODES // 2)
    p = np.where(side[:, None] == side, 0.10, 0.03)
    a = np.triu(rng.random((NODES, NODES)) < p, 1)
    a = a + a.T + np.eye(NODES)
    mean = a / a.sum(axis=1, keepdims=True)
    x = 0.5 * side + rng.standard_normal(NODES)
    plain, kept, found = x, x, []
    for _ in range(DEPTH + 1):
        found.append((plain.std() / x.std(), kept.std() / x.std()))
        plain, kept = mean @ plain, 0.8 * mean @ kept + 0.2 * x
    return np.array(found)


def cycle(ax, nodes, x, y, radius):
    angle = np.pi / 2 + 2 * np.pi * np.arange(nodes + 1) / nodes
    px, py = x + radius * np.cos(angle), y + radius * np.sin(angle)
    ax.plot(px, py, color=GREY, ls="-", lw=1.0, zorder=1)
    ax.plot(px, py, "o", color=INK, ms=4.5, zorder=2)


def main():
    middle = np.median([spreads(seed) for seed in range(SEEDS)], axis=0)
    print(middle.round(4))
    fig, (left, right) = figure(80, 44, columns=2, width_ratios=(1.5, 1))
    layers = np.arange(DEPTH + 1)
    left.semilogy(layers, middle[:, 0], color=RED, ls="--", marker="s", ms=2.3)
    left.semilogy(layers, middle[:, 1], color=BLUE, ls="-", marker="o", ms=2.3)
    label_line(left, 6.4, 0.006, "averaging\nalone", RED, ha="right", va="top")
    label_line(left, 8, 0.36, "a fifth of the\ninput again", BLUE)
    left.set(xlim=(0, DEPTH), ylim=(2e-4, 1.5), xlabel="layers", ylabel="spread over nodes")
    cycle(right, 6, 0, 1.6, 0.75)
    cycle(right, 3, -0.62, -1.0, 0.5)
    cycle(right, 3, 0.62, -1.0, 0.5)
    right.text(0, 0.2, "told apart by no\nmessage passing", ha="center", va="center", fontsize=6.3)
    right.set(xlim=(-1.35, 1.35), ylim=(-1.5, 2.5), aspect="equal")
    right.axis("off")
    save(fig, __file__)


if __name__ == "__main__":
    main()
