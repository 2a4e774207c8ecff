"""What monitors see of a concept drift, and what daily looks do to a canary's error rate."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

WEEKS, START, LATE, N = 30, 10, 4, 2000


def gap(a, b):
    """Kolmogorov-Smirnov distance of two samples of equal size."""
    grid = np.sort(np.concatenate([a, b]))
    shares = [np.searchsorted(np.sort(v), grid, "right") / len(v) for v in (a, b)]
    return np.abs(shares[0] - shares[1]).max()


def drift(rng):
    """Input distance and accuracy by week; the label's threshold moves from START on."""
    first = rng.standard_normal(N)
    inputs, accuracy = [], []
    for week in range(WEEKS):
        x = rng.standard_normal(N)
        cut = 0.07 * max(0, week - START)
        y = x + 0.5 * rng.standard_normal(N) > cut
        inputs.append(gap(first, x))
        accuracy.append(((x > 0) == y).mean())
    return np.array(inputs), np.array(accuracy)


def false_alarms(looks, limit, rng, runs=20_000):
    """Share of canaries without any fault whose running z-score ever passes the limit."""
    walk = rng.standard_normal((runs, looks)).cumsum(axis=1)
    z = walk / np.sqrt(np.arange(1, looks + 1))
    return (z > limit).any(axis=1).mean()


def main():
    rng = np.random.default_rng(0)
    fig, (left, right) = figure(80, 46, columns=2)
    inputs, accuracy = drift(rng)
    weeks = np.arange(WEEKS)
    left.plot(weeks, accuracy, color=GREY, ls=":")
    left.plot(weeks + LATE, accuracy, color=RED, ls="--")
    left.plot(weeks, inputs, color=BLUE, ls="-")
    left.axvline(START, color=INK, lw=0.7, ls=":")
    label_line(left, START + 0.6, 0.98, "rule starts to move", INK, fontsize=6)
    label_line(left, 1, 0.72, "true", GREY)
    label_line(left, 10.6, 0.36, "accuracy as known\nwhen labels arrive", RED, fontsize=6)
    label_line(left, 6, 0.1, "input distance (KS)", BLUE)
    left.set(xlim=(0, WEEKS - 1), ylim=(0, 1.06), xlabel="week")
    looks = np.array([1, 2, 4, 7, 14, 28])
    for limit, colour, dash, mark in ((1.64, RED, "--", "s"), (2.37, BLUE, "-", "o")):
        share = [100 * false_alarms(k, limit, rng) for k in looks]
        print(limit, np.round(share, 1))
        right.plot(looks, share, color=colour, ls=dash, marker=mark, ms=2.5)
    right.axhline(5, color=GREY, lw=0.8, ls=":")
    label_line(right, 4.5, 23, "limit 1.64", RED)
    label_line(right, 8.5, 7.2, "limit 2.37", BLUE)
    right.set(xlim=(0, 29), ylim=(0, 30), xticks=[1, 7, 14, 28])
    right.set(xlabel="looks at the canary", ylabel="false alarms (%)")
    save(fig, __file__)


if __name__ == "__main__":
    main()
