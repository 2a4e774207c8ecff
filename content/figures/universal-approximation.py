"""ReLU networks with one hidden layer: built by hand, and trained."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save


def target(x):
    return np.sin(4 * np.pi * x)


def build(units):
    """Biases and output weights of the network that joins the target's dots."""
    knots = np.arange(units) / units
    slopes = np.diff(target(np.arange(units + 1) / units)) * units
    return knots, np.diff(slopes, prepend=0.0)


def network(x, knots, v):
    return target(0.0) + np.maximum(x[:, None] - knots, 0.0) @ v


def built_error(units, x):
    return np.abs(network(x, *build(units)) - target(x)).max()


def quadratic_error(x):
    """z*z units of any number span the parabolas: the best one's error."""
    basis = np.stack([np.ones_like(x), x, x * x], axis=1)
    fit = np.linalg.lstsq(basis, target(x), rcond=None)[0]
    return np.abs(basis @ fit - target(x)).max()


def trained_error(units, seed, x, steps=4000):
    """Same architecture, random start, full-batch Adam on 161 points."""
    rng = np.random.default_rng(seed)
    data = np.linspace(0, 1, 161)
    y = target(data)
    theta = np.concatenate(
        [
            rng.choice([-1.0, 1.0], units) * np.sqrt(2) * rng.random(units),
            rng.uniform(-1, 1, units),
            rng.normal(size=units) * np.sqrt(1 / units),
            [0.0],
        ]
    )

    def forward(t, points):
        w, b, v = t[:units], t[units : 2 * units], t[2 * units : 3 * units]
        z = points[:, None] * w + b
        a = np.maximum(z, 0.0)
        return z, a, v, a @ v + t[-1]

    m, s = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, steps + 1):
        z, a, v, out = forward(theta, data)
        d = 2 * (out - y) / data.size
        dz = (z > 0) * d[:, None] * v
        g = np.concatenate([data @ dz, dz.sum(0), d @ a, [d.sum()]])
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g
        rate = 0.01 * 0.5 * (1 + np.cos(np.pi * step / steps))
        theta -= rate * (m / (1 - 0.9**step)) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8)
    return np.abs(forward(theta, x)[3] - target(x)).max()


def main():
    fig, (left, right) = figure(80, 56, columns=2, width_ratios=[1, 1.05])
    x = np.linspace(0, 1.3, 651)
    inside = np.linspace(0, 1, 4001)

    left.axvspan(1, 1.3, color="0.92", lw=0)
    left.plot(x, np.round(target(x), 4), color=GREY, lw=2.4, ls="-")
    left.plot(x, np.round(network(x, *build(8)), 4), color=RED, ls="--")
    left.plot(x, np.round(network(x, *build(64)), 4), color=BLUE, ls="-", lw=1)
    left.set(xlim=(0, 1.3), ylim=(-2.3, 2.3), xticks=[0, 0.5, 1], yticks=[-2, -1, 0, 1, 2])
    left.set(xlabel="input $x$", ylabel="output", title="Weights set by hand")
    left.set_xticklabels(["0", "0.5", "1"])
    left.text(0.05, 1.5, "approximated\non [0, 1]", fontsize=6.5)
    left.text(1.15, -2.15, "no\nclaim", ha="center", fontsize=6.5)
    label_line(left, 0.03, -1.4, "8 units", RED, fontsize=6.5)
    label_line(left, 0.03, -2.1, "64 units, on\nthe target", BLUE, fontsize=6.5)
    label_line(left, 1.15, -1.05, "target", "#5a5a5a", ha="center", fontsize=6.5)

    widths = np.array([8, 16, 32, 64, 128, 256])
    built = [float(f"{built_error(int(n), inside):.3g}") for n in widths]
    seeds = [[trained_error(int(n), s, inside) for s in range(5)] for n in widths]
    # Two digits are drawn, so that the last bits of the training do not show.
    trained = np.array([float(f"{m:.2g}") for m in np.median(seeds, axis=1)])
    flat = round(quadratic_error(inside), 3)
    right.plot(widths, [flat] * len(widths), color=INK, ls="-.")
    right.plot(widths, trained, color=RED, ls="--", marker="s", ms=3)
    right.plot(widths, built, color=BLUE, ls="-", marker="o", ms=3)
    right.set_xscale("log", base=2)
    right.set_yscale("log")
    right.set_xticks([8, 32, 128], ["8", "32", "128"])
    right.set(xlabel="hidden units", title="Largest error on [0, 1]", ylim=(2e-4, 6))
    size = {"fontsize": 6.5}
    label_line(right, 290, flat * 1.6, "$z^2$ units: no gain", INK, ha="right", **size)
    label_line(right, 290, trained[-1] * 0.42, "trained", RED, ha="right", **size)
    label_line(right, 7.5, 0.0013, "set by\nhand", BLUE, **size)
    save(fig, __file__)


if __name__ == "__main__":
    main()
