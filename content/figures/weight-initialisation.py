"""The size of activations through a deep stack, for several variances of the weights."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

WIDTH, DEPTH = 256, 33
STYLES = {0.25: (GREY, (0, (4, 1, 1, 1))), 1: (RED, "--"), 2: (BLUE, "-"), 4: (INK, "-.")}


def sizes(activation, gain, seed):
    """The root mean square of each layer's activations, weights of variance gain / width."""
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((32, WIDTH))
    found = [1.0]
    for _ in range(DEPTH):
        a = activation(a @ (np.sqrt(gain / WIDTH) * rng.standard_normal((WIDTH, WIDTH))))
        found.append(np.sqrt((a**2).mean()))
    return found


def draw(ax, activation, gains):
    for gain in gains:
        runs = np.median([sizes(activation, gain, seed) for seed in range(5)], axis=0)
        color, dash = STYLES[gain]
        ax.plot([float(f"{v:.2g}") for v in runs], color=color, ls=dash)
    ax.set(yscale="log", xlabel="layer", xticks=[0, 10, 20, 30])


def main():
    fig, (left, right) = figure(80, 48, columns=2)
    draw(left, lambda z: np.maximum(z, 0), (1, 2, 4))
    left.set(title="ReLU", ylim=(1e-6, 1e6), ylabel="activation size")
    left.set_yticks([1e-5, 1, 1e5])
    label_line(left, 3, 3e3, "4/n", INK)
    label_line(left, 21, 4, "2/n (He)", BLUE, ha="center")
    label_line(left, 3, 1e-4, "1/n", RED)
    draw(right, np.tanh, (0.25, 1, 4))
    right.set(title="tanh", ylim=(1e-6, 1e6))
    right.set_yticks([1e-5, 1, 1e5])
    label_line(right, 12, 6, "4/n (saturates)", INK, ha="left", fontsize=6.5)
    label_line(right, 17, 6e-3, "1/n (Xavier)", RED, fontsize=6.5)
    label_line(right, 1, 2e-5, "0.25/n", "#5a5a5a")
    save(fig, __file__)


if __name__ == "__main__":
    main()
