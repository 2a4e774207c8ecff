"""Gradient noise by batch size; steps and examples to a target loss."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

CURVATURES = np.geomspace(0.1, 1.0, 10)  # variances of ten Gaussian features
NOISE = 1.0  # variance of the target's noise
START = np.ones(10)  # expected squared errors of the weights
TARGET = 0.01  # share of the excess loss that is left


def measured_noise(sizes, draws=1500):
    """Gradient noise over gradient length, at the start, by sampling."""
    rng = np.random.default_rng(0)
    length, found = np.sqrt((CURVATURES**2).sum()), []
    for size in sizes:
        total = 0.0
        for _ in range(draws):
            x = rng.normal(size=(size, 10)) * np.sqrt(CURVATURES)
            residual = x.sum(axis=1) + rng.normal(0, np.sqrt(NOISE), size)
            gradient = (x * residual[:, None]).mean(axis=0)
            total += ((gradient - CURVATURES) ** 2).sum()
        found.append(np.sqrt(total / draws) / length)
    return np.round(found, 3)


def predicted_noise(sizes):
    power = CURVATURES.sum()
    per_example = CURVATURES**2 + CURVATURES * (power + NOISE)
    return np.sqrt(per_example.sum() / np.asarray(sizes) / (CURVATURES**2).sum())


def steps_needed(size, rates, limit=60_000):
    """Fewest steps over all rates; expectations follow an exact recursion."""
    errors = np.tile(START, (rates.size, 1))
    eta, goal = rates[:, None], TARGET * CURVATURES @ START
    for step in range(1, limit):
        excess = errors @ CURVATURES
        shrink = 1 - 2 * eta * CURVATURES + (eta * CURVATURES) ** 2 * (1 + 1 / size)
        noise = eta**2 * CURVATURES * (excess[:, None] + NOISE) / size
        errors = np.minimum(errors * shrink + noise, 1e6)
        if (errors @ CURVATURES < goal).any():
            return step
    raise ValueError("no rate reaches the target")


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    sizes = 4 ** np.arange(6)
    fine = np.geomspace(1, 1024, 40)
    left.loglog(fine, np.round(predicted_noise(fine), 4), color=BLUE, ls="-", lw=1)
    left.loglog(sizes, measured_noise(sizes), "o", color=INK, ms=3.2)
    left.axhline(1, color=GREY, lw=0.6)
    left.set(xlabel="batch size $B$", ylabel="noise / gradient")
    label_line(left, 14, 1.9, r"$\propto 1/\sqrt{B}$", BLUE, fontsize=6.5)
    left.text(1000, 1.07, "equal", color=INK, fontsize=6.5, ha="right")
    left.set_xticks([1, 10, 100, 1000])

    sizes = 2 ** np.arange(0, 14, 1)
    rates = np.geomspace(0.0005, 1.9, 120)
    steps = np.array([steps_needed(size, rates) for size in sizes])
    right.loglog(sizes, steps, color=BLUE, ls="-", marker="o", ms=2.4)
    right.loglog(sizes, steps * sizes, color=RED, ls="--", marker="s", ms=2.4)
    right.set(xlabel="batch size $B$", ylabel="to reach 1 % of excess loss")
    right.set_xticks([1, 10, 100, 1000, 10000])
    label_line(right, 1.2, 2400, "examples", RED, fontsize=6.5)
    label_line(right, 1.4, 22, "steps", BLUE, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
