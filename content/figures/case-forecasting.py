"""Leakage on a random walk: a price plot that flatters, and three ways to split."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

H, N = 20, 2000


def scores(seed):
    """R2 against "no change" of nearest neighbours, for three splits."""
    rng = np.random.default_rng(seed)
    price = np.cumsum(rng.normal(0, 0.01, N + H))
    t = np.arange(250, N)
    x = np.stack([price[t] - price[t - w] for w in (20, 60, 120, 250)], 1)
    y = price[t + H] - price[t]

    def knn(train, test, k=5):
        m, s = x[train].mean(0), x[train].std(0)
        a, b = (x[test] - m) / s, (x[train] - m) / s
        d = ((a[:, None] - b) ** 2).sum(2)
        return y[train][np.argsort(d, 1)[:, :k]].mean(1)

    def r2(splits):
        p = np.concatenate([knn(a, b) for a, b in splits])
        z = np.concatenate([y[b] for _, b in splits])
        return 1 - ((z - p) ** 2).sum() / (z**2).sum()

    n = len(t)
    folds = np.array_split(rng.permutation(n), 5)
    shuffled = [(np.setdiff1d(range(n), f), f) for f in folds]

    def walk(gap):
        return [(np.arange(i - gap), np.array([i])) for i in range(n // 2, n)]

    return price, [r2(shuffled), r2(walk(0)), r2(walk(H - 1))]


def main():
    runs = [scores(seed) for seed in range(8)]
    price = runs[0][0][1000:1061]
    values = np.round([s for _, s in runs], 3)
    fig, (left, right) = figure(80, 46, columns=2, width_ratios=[1, 1.25])
    day = np.arange(60)
    left.plot(day, np.round(np.exp(price[1:]), 4), color=BLUE, ls="-", lw=1.1)
    left.plot(day, np.round(np.exp(price[:-1]), 4), color=RED, ls=(0, (2, 1)), lw=1.1)
    low, high = left.get_ylim()
    left.set_ylim(low - 0.36 * (high - low), high)
    left.text(0.03, 0.13, "price", color=BLUE, transform=left.transAxes)
    left.text(0.03, 0.03, "“forecast”: yesterday’s", color=RED, transform=left.transAxes)
    left.set_xlabel("day")
    left.set_title("looks like skill", loc="left")
    left.set_yticks([])
    for i, (name, colour) in enumerate(
        (("shuffled folds", RED), ("in order, no gap", GREY), ("in order, gap 19", BLUE))
    ):
        row = 2 - i
        right.barh(row, values[:, i].mean(), color=colour, alpha=0.6, height=0.42)
        right.plot(values[:, i], np.full(8, row), ".", color=INK, ms=2.2, ls="none")
        right.text(-1.38, row + 0.29, name, color=INK, va="bottom", ha="left")
    right.axvline(0, color=INK, lw=0.6)
    right.set(
        yticks=[],
        xlim=(-1.4, 1.0),
        xticks=[-1, 0, 1],
        ylim=(-0.4, 2.75),
        xlabel="$R^2$ against “no change”",
    )
    right.set_title("same model, same data", loc="left")
    right.spines["left"].set_visible(False)
    save(fig, __file__)
    print(values.mean(0), values.min(0), values.max(0))


if __name__ == "__main__":
    main()
