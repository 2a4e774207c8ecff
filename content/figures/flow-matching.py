"""Paths of a flow-matching model from noise to data, before and after reflow, and its steps."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

MODES = 2.0 * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
COUNT, WIDTH = 16_000, 400
STEPS = (1, 2, 4, 8, 16, 32)


class Flow:
    """A velocity field: random features of place and time, weighted by least squares."""

    def __init__(self, rng, noise, data):
        self.inner = 1.5 * rng.standard_normal((3, WIDTH))
        self.shift = 4 * rng.random(WIDTH) - 2
        t = rng.random(len(noise))
        found = self.features((1 - t[:, None]) * noise + t[:, None] * data, t)
        square = found.T @ found + 0.1 * np.eye(WIDTH)
        self.weights = np.linalg.solve(square, found.T @ (data - noise))

    def features(self, x, t):
        return np.tanh(np.column_stack([x, 2 * t]) @ self.inner + self.shift)

    def path(self, x, steps):
        """The states of Euler's method from noise to data."""
        states = [x]
        for k in range(steps):
            t = np.full(len(x), k / steps)
            states.append(states[-1] + self.features(states[-1], t) @ self.weights / steps)
        return np.array(states)


def miss(x):
    """Root mean square distance to the nearest mode."""
    return np.sqrt(((x[:, None] - MODES) ** 2).sum(axis=2).min(axis=1).mean())


def paths(ax, flow, start, title, colour):
    states = np.round(flow.path(start, 40), 2)
    ax.plot(states[:, :, 0], states[:, :, 1], color=colour, lw=0.6, ls="-")
    ax.plot(*states[0].T, ".", color=GREY, ms=2.6, mew=0)
    ax.plot(*states[-1].T, ".", color=INK, ms=3, mew=0)
    ax.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[], yticks=[], aspect="equal")
    ax.set_title(title)
    for spine in ax.spines.values():
        spine.set_visible(False)


def main():
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((COUNT, 2))
    data = MODES[rng.integers(4, size=COUNT)] + 0.2 * rng.standard_normal((COUNT, 2))
    first = Flow(rng, noise, data)
    second = Flow(rng, noise, first.path(noise, 50)[-1])
    fresh = rng.standard_normal((2000, 2))

    fig, axes = figure(80, 40, columns=3, width_ratios=[1, 1, 1.05])
    paths(axes[0], first, fresh[:40], "flow", BLUE)
    paths(axes[1], second, fresh[:40], "after reflow", RED)
    for flow, colour, dash, marker in ((first, BLUE, "-", "o"), (second, RED, "--", "s")):
        found = [round(miss(flow.path(fresh, steps)[-1]), 2) for steps in STEPS]
        axes[2].plot(STEPS, found, color=colour, ls=dash, marker=marker, ms=3)
    axes[2].axhline(0.28, color=GREY, lw=0.8, ls=":")
    axes[2].set_xscale("log", base=2)
    axes[2].set_xticks([1, 4, 16], ["1", "4", "16"])
    axes[2].minorticks_off()
    axes[2].set(ylim=(0, 2.6), xlabel="Euler steps", title="distance to a mode")
    label_line(axes[2], 1.6, 1.9, "flow", BLUE)
    label_line(axes[2], 4.6, 0.72, "reflow", RED)
    axes[2].text(1, 0.08, "data", color="#5a5a5a", fontsize=6.3)
    save(fig, __file__)


if __name__ == "__main__":
    main()
