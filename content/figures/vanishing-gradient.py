"""Gradient norms through 30 layers at initialisation, for four designs."""

import numpy as np

from house import BLUE, GOLD, INK, RED, figure, label_line, save

LAYERS, WIDTH, BATCH = 30, 64, 128


def backward_norms(relu: bool, scale: float, skip: bool = False) -> np.ndarray:
    """Norm of the loss gradient at each layer's output, last layer = 1.

    Weights have standard deviation scale / sqrt(WIDTH); the gradient that
    enters at the top is random.
    """
    rng = np.random.default_rng(0)
    weights = rng.normal(0, scale / np.sqrt(WIDTH), (LAYERS, WIDTH, WIDTH))
    h = rng.normal(size=(WIDTH, BATCH))
    slopes = []
    for w in weights:
        z = w @ h
        if relu:
            out, slope = np.maximum(z, 0), (z > 0).astype(float)
        else:
            out = 1 / (1 + np.exp(-z))
            slope = out * (1 - out)
        slopes.append(slope)
        h = out + h if skip else out
    g = rng.normal(size=h.shape)
    norms = [np.linalg.norm(g)]
    for w, slope in zip(weights[:0:-1], slopes[:0:-1], strict=True):
        g = w.T @ (g * slope) + (g if skip else 0)
        norms.append(np.linalg.norm(g))
    powers = np.log10(np.array(norms[::-1]) / norms[0])
    return 10 ** powers.round(4)  # the same picture on every machine


def main() -> None:
    he = np.sqrt(2)
    layer = np.arange(1, LAYERS + 1)
    fig, ax = figure(80, 60)
    curves = [
        (backward_norms(True, 1.5 * he), RED, "--"),
        (backward_norms(True, he), BLUE, "-"),
        (backward_norms(False, 1.0, skip=True), GOLD, ":"),
        (backward_norms(False, 1.0), INK, "-."),
    ]
    for values, colour, dash in curves:
        ax.semilogy(layer, values, color=colour, linestyle=dash)
    label_line(ax, 11.5, 3e4, "ReLU, weights 1.5 × He", RED)
    label_line(ax, 1.7, 1e-2, "ReLU, He (solid)", BLUE, va="center")
    label_line(ax, 1.7, 1e-4, "sigmoid with skips (dotted)", "#8a6800", va="center")
    label_line(ax, 11.5, 1e-14, "sigmoid, no skips", INK)
    ax.set(
        xlabel="layer (1 is nearest the input)",
        ylabel="gradient norm, last layer = 1",
        xlim=(1, LAYERS),
        ylim=(1e-20, 1e8),
        xticks=[1, 10, 20, 30],
    )
    ax.set_yticks([1e-20, 1e-15, 1e-10, 1e-5, 1, 1e5])
    ax.minorticks_off()
    save(fig, __file__)


if __name__ == "__main__":
    main()
