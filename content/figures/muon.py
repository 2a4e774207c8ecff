"""Newton-Schulz as Muon uses it: the polynomial on single values, and on a matrix."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

A, B, C = 3.4445, -4.7750, 2.0315


def polynomial(values, steps):
    for _ in range(steps):
        values = A * values + B * values**3 + C * values**5
    return values


def newton_schulz(x, steps=5):
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        gram = x @ x.T
        x = A * x + (B * gram + C * gram @ gram) @ x
    return x


def decaying(size, rng):
    """A random matrix whose singular values fall over three decades."""
    left = np.linalg.qr(rng.standard_normal((size, size)))[0]
    right = np.linalg.qr(rng.standard_normal((size, size)))[0]
    return left * np.geomspace(1, 1e-3, size) @ right


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    x = np.geomspace(1e-3, 1, 601)
    left.axhspan(0.68, 1.205, color="0.9", lw=0)
    left.plot(x, np.round(polynomial(x, 1), 4), color=RED, ls="--")
    left.plot(x, np.round(polynomial(x, 5), 4), color=BLUE, ls="-", lw=1)
    left.set(xscale="log", xlabel="singular value before", ylim=(0, 1.45))
    left.set(title="after the polynomial", xticks=[1e-3, 1e-2, 1e-1, 1])
    label_line(left, 1.1e-3, 1.28, "5 steps", BLUE)
    label_line(left, 4e-3, 0.13, "1 step", RED)

    g = decaying(256, np.random.default_rng(0))
    before = np.linalg.svd(g / np.linalg.norm(g), compute_uv=False)
    after = np.linalg.svd(newton_schulz(g), compute_uv=False)
    right.plot([float(f"{v:.3g}") for v in before], color=INK, ls="-.")
    right.plot([float(f"{v:.3g}") for v in after], color=BLUE, ls="-")
    right.axhline(1, color=GREY, lw=0.6, ls=":")
    right.set(yscale="log", ylim=(1e-4, 4), xlabel="index", xticks=[0, 128, 256])
    right.set(title="singular values")
    label_line(right, 8, 1.7, "after five steps", BLUE, fontsize=6.5)
    label_line(right, 10, 1e-3, "gradient", INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
