"""Two inputs through one encoder, and distances of unseen classes before and after training."""

import numpy as np

from house import BLUE, MM, RED, plt, save

NOISE = np.r_[np.full(4, 0.3), np.full(16, 1.5)]


def draw(rng, classes, each):
    """Four useful inputs, sixteen noisy ones; axes: class, example, input."""
    centre = np.zeros((classes, 1, 20))
    centre[..., :4] = rng.normal(size=(classes, 1, 4))
    return centre + NOISE * rng.normal(size=(classes, each, 20))


def train(rng, data, steps=3000, rate=0.02, margin=1.0):
    """A linear encoder, trained with triplets of squared distances."""
    encoder = rng.normal(0, 0.2, size=(4, 20))
    for _ in range(steps):
        c = rng.permutation(len(data))[:32].reshape(2, 16)
        i = rng.random((16, data.shape[1])).argsort(axis=1).T
        u = data[c[0], i[0]] - data[c[0], i[1]]
        v = data[c[0], i[0]] - data[c[1], i[2]]
        gap = ((u @ encoder.T) ** 2).sum(1) - ((v @ encoder.T) ** 2).sum(1)
        on = (gap + margin > 0)[:, None]
        slope = u.T @ (on * u) - v.T @ (on * v)
        encoder = encoder - rate * 2 / 16 * encoder @ slope
    return encoder


def distances(data):
    """Between examples of one class, and of different classes, in units of the mean."""
    flat = data.reshape(-1, data.shape[-1])
    owner = np.repeat(np.arange(len(data)), data.shape[1])
    d = np.linalg.norm(flat[:, None] - flat, axis=2)
    same = owner[:, None] == owner
    upper = np.triu(np.ones_like(same), 1)
    return d[same & upper] / d[upper].mean(), d[~same & upper] / d[upper].mean()


def diagram(ax):
    for y, name in ((1, "input 1"), (-1, "input 2")):
        ax.text(0, y, name, ha="center", va="center", fontsize=6.5)
        ax.annotate("", (2.2, y), (0.9, y), arrowprops={"arrowstyle": "->", "lw": 0.8})
        box = plt.Rectangle((2.3, y - 0.6), 2.6, 1.2, fill=False, ec=BLUE, lw=1)
        ax.add_patch(box)
        ax.text(3.6, y, "encoder $f$", ha="center", va="center", color=BLUE, fontsize=6.5)
        ax.annotate("", (7.1, 0.15 * y), (5, y), arrowprops={"arrowstyle": "->", "lw": 0.8})
    ax.text(3.6, 0, "same weights", ha="center", va="center", fontsize=6)
    ax.text(7.3, 0, "distance $d$", va="center", fontsize=6.5)
    ax.set(xlim=(-1, 10.2), ylim=(-1.8, 1.8))
    ax.axis("off")


def main():
    rng = np.random.default_rng(0)
    seen, unseen = draw(rng, 40, 10), draw(rng, 40, 10)
    encoder = train(rng, seen)
    fig, axes = plt.subplot_mosaic(
        [["net", "net"], ["raw", "learned"]],
        figsize=(80 * MM, 58 * MM),
        height_ratios=[0.75, 1],
    )
    diagram(axes["net"])
    bins = np.linspace(0, 2.4, 49)
    for key, data, title in (
        ("raw", unseen, "raw inputs"),
        ("learned", unseen @ encoder.T, "learned embedding"),
    ):
        ax = axes[key]
        same, different = distances(data)
        ax.hist(different, bins, density=True, color=RED, histtype="step", ls="--", lw=1.1)
        ax.hist(same, bins, density=True, color=BLUE, alpha=0.55)
        ax.set_title(title, fontsize=6.8)
        ax.set(xlim=(0, 2.4), xticks=[0, 1, 2], yticks=[])
        ax.set_xlabel("distance / mean distance")
        ax.spines["left"].set_visible(False)
    axes["learned"].text(0.5, 2.2, "same class", color=BLUE, fontsize=6.2)
    axes["learned"].text(1.3, 0.95, "different\nclasses", color=RED, fontsize=6.2)
    save(fig, __file__)


if __name__ == "__main__":
    main()
