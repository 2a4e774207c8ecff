"""Reliability before and after temperature scaling; coverage over calibration sets."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

CLASSES, SHARPER, ALPHA, BINS = 10, 2.5, 0.1, 10


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def draw(count, rng):
    """Logits of an overconfident model, and labels that follow the logits before sharpening."""
    hard = rng.random(count) < 0.5
    true = rng.standard_normal((count, CLASSES)) * np.where(hard, 1, 4)[:, None]
    below = softmax(true).cumsum(axis=1) < rng.random((count, 1))
    return SHARPER * true, np.minimum(below.sum(axis=1), CLASSES - 1)


def reliability(p, y):
    """Mean confidence and accuracy of each bin that holds at least 50 examples."""
    top, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.minimum((top * BINS).astype(int), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    keep = count >= 50
    return [np.bincount(place, v, BINS)[keep] / count[keep] for v in (top, right)]


def coverages(n, rng, trials=2000, test=100_000):
    """True coverage of the threshold found from each of many calibration sets of n examples."""
    z, y = draw(n * trials, rng)
    score = 1 - softmax(z / SHARPER)[np.arange(len(y)), y].reshape(trials, n)
    rank = int(np.ceil((n + 1) * (1 - ALPHA))) - 1
    z, y = draw(test, rng)
    new = np.sort(1 - softmax(z / SHARPER)[np.arange(test), y])
    return np.searchsorted(new, np.sort(score, axis=1)[:, rank], "right") / test


def main():
    rng = np.random.default_rng(0)
    fig, (left, right) = figure(80, 46, columns=2)
    z, y = draw(50_000, rng)
    left.plot([0, 1], [0, 1], color=GREY, ls=":", lw=0.9)
    left.plot(*reliability(softmax(z), y), color=RED, ls="--", marker="s", ms=2.5)
    left.plot(*reliability(softmax(z / SHARPER), y), color=BLUE, ls="-", marker="o", ms=2.5)
    label_line(left, 0.62, 0.2, "before", RED)
    label_line(left, 0.08, 0.72, "after\nscaling", BLUE)
    left.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="accuracy")
    bins = np.arange(0.76, 1.0, 0.01)
    for n, colour, fill in ((50, RED, False), (1000, BLUE, True)):
        share = coverages(n, rng)
        right.hist(
            share, bins, density=True, histtype="stepfilled" if fill else "step", color=colour
        )
        print(n, share.mean().round(3), np.quantile(share, [0.05, 0.95]).round(3))
    right.axvline(1 - ALPHA, color=INK, ls=":", lw=0.9)
    label_line(right, 0.765, 12, "50\nexamples", RED)
    label_line(right, 0.765, 34, "1000\nexamples", BLUE)
    right.set(
        xlim=(0.76, 1), xlabel="coverage reached", yticks=[], ylabel="share of calibration sets"
    )
    right.spines["left"].set_visible(False)
    save(fig, __file__)


if __name__ == "__main__":
    main()
