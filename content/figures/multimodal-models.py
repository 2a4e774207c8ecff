"""Image-text similarities of unseen pairs after contrastive training, and four connectors."""

import numpy as np

from house import BLUE, GREY, INK, MM, plt, save


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def similarities():
    """Cosines of eight unseen pairs after training two linear encoders."""
    rng = np.random.default_rng(0)
    maps = rng.normal(size=(6, 40)), rng.normal(size=(6, 30))
    means = rng.normal(size=(70, 6))

    def pairs(c):
        z = means[c] + 0.3 * rng.normal(size=(len(c), 6))
        return [np.tanh(z @ w) + 0.3 * rng.normal(size=(len(c), w.shape[1])) for w in maps]

    u, v = 0.1 * rng.normal(size=(40, 8)), 0.1 * rng.normal(size=(30, 8))
    for _ in range(400):
        x, y = pairs(rng.integers(50, size=64))
        a, b = x @ u, y @ v
        f, g = unit(a), unit(b)
        s = np.exp(f @ g.T / 0.1)
        d = ((s / s.sum(1, keepdims=True) + s / s.sum(0)) / 2 - np.eye(64)) / 6.4
        df, dg = d @ g, d.T @ f
        df -= (df * f).sum(1, keepdims=True) * f
        dg -= (dg * g).sum(1, keepdims=True) * g
        u = u - 0.2 * x.T @ (df / np.linalg.norm(a, axis=1)[:, None])
        v = v - 0.2 * y.T @ (dg / np.linalg.norm(b, axis=1)[:, None])
    x, y = pairs(np.arange(50, 58))
    return np.round(unit(x @ u) @ unit(y @ v).T, 2)


def main():
    fig, ax = plt.subplots(figsize=(80 * MM, 50 * MM))
    ax.set(xlim=(0, 80), ylim=(0, 50), aspect="equal")
    ax.axis("off")
    cosines, size, x0, y0 = similarities(), 3.1, 5.5, 11
    for i in range(8):
        for j in range(8):
            shade = str(round(0.97 - 0.85 * max(float(cosines[i, j]), 0), 2))
            corner = (x0 + j * size, y0 + (7 - i) * size)
            ax.add_patch(plt.Rectangle(corner, size, size, lw=0.4, ec=GREY, fc=shade))
    ax.text(0.5, 46, "Toy CLIP: unseen pairs", fontsize=7)
    ax.text(x0 + 4 * size, y0 + 8 * size + 1.2, "text 1 ... 8", ha="center", fontsize=6.5)
    ax.text(
        x0 - 2.3,
        y0 + 4 * size,
        "image 1 ... 8",
        fontsize=6.5,
        rotation=90,
        ha="center",
        va="center",
    )
    ax.text(x0 + 4 * size, y0 - 3.4, "pairs on the diagonal,", ha="center", fontsize=6.2)
    ax.text(x0 + 4 * size, y0 - 6.4, "darker: larger cosine", ha="center", fontsize=6.2)

    ax.text(36.5, 46, "Connectors, from 24 × 24 patches", fontsize=7)
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 0.8, "shrinkA": 0, "shrinkB": 0}
    rows = (
        (38.5, "MLP", "576 tokens", "in the input"),
        (28.0, "merge 2 × 2,\nthen MLP", "144 tokens", "in the input"),
        (17.5, "32 queries", "32 tokens", "in the input"),
        (7.0, "64 latents\n(resampler)", "cross-attention", "in some layers"),
    )
    for y, name, first, second in rows:
        ax.annotate("", (42.2, y), (36.5, y), arrowprops=arrow)
        ax.add_patch(plt.Rectangle((42.2, y - 3.2), 19, 6.4, fc="white", ec=BLUE, lw=1))
        ax.text(51.7, y, name, ha="center", va="center", fontsize=6.2)
        ax.annotate("", (64.2, y), (61.2, y), arrowprops=arrow)
        ax.text(64.8, y + 1.5, first, va="center", fontsize=6.2)
        ax.text(64.8, y - 1.5, second, va="center", fontsize=6.2)
    ax.plot([36.5, 36.5], [7, 38.5], color=INK, lw=0.8, ls="-")
    save(fig, __file__)


if __name__ == "__main__":
    main()
