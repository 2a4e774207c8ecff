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
    """Same architecture, random start, full-batch Adam on 256 points."""
    rng = np.random.default_rng(seed)
    data = np.linspace(0, 1, 256)
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
    fig, (top, low) = figure(80, 88, rows=2, height_ratios=[1, 1.15])
    x = np.linspace(0, 1.3, 1301)
    inside = np.linspace(0, 1, 4001)

    top.axvspan(1, 1.3, color="0.92", lw=0)
    top.plot(x, target(x), color=GREY, lw=2.4, ls="-")
    top.plot(x, network(x, *build(8)), color=RED, ls="--")
    top.plot(x, network(x, *build(64)), color=BLUE, ls="-", lw=1)
    top.set_ylim(-1.6, 2.3)
    top.set_xlim(0, 1.3)
    top.set_xlabel("input $x$")
    top.set_ylabel("output")
    top.text(0.49, 1.83, "approximated on [0, 1]", ha="center")
    top.text(1.15, -1.3, "no claim", ha="center")
    label_line(top, 0.01, -0.75, "8 units", RED)
    label_line(top, 0.01, -1.3, "64 units, on the target", BLUE)
    label_line(top, 1.03, -0.4, "target", "#5a5a5a")

    widths = np.array([8, 16, 32, 64, 128, 256])
    built = [built_error(int(n), inside) for n in widths]
    seeds = [[trained_error(int(n), s, inside) for s in range(5)] for n in widths]
    trained = np.median(seeds, axis=1)
    flat = quadratic_error(inside)
    low.plot(widths, [flat] * len(widths), color=INK, ls="-.")
    low.plot(widths, trained, color=RED, ls="--", marker="s", ms=3)
    low.plot(widths, built, color=BLUE, ls="-", marker="o", ms=3)
    low.set_xscale("log", base=2)
    low.set_yscale("log")
    low.set_xticks(widths, [str(n) for n in widths])
    low.set_xlabel("hidden units")
    low.set_ylabel("largest error on [0, 1]")
    print(np.round(trained, 3), np.round(built, 5), round(flat, 3))
    label_line(low, 256, flat * 1.5, "activation $z^2$: width does not help", INK, ha="right")
    label_line(low, 256, trained[-1] * 1.5, "ReLU, trained", RED, ha="right")
    label_line(low, 9, 0.0015, "ReLU, weights set\nby hand", BLUE)
    low.set_ylim(2e-4, 5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
