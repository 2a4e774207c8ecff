"""The LSTM cell, and how far a gradient reaches in it beside a tanh network."""

import numpy as np

from house import BLUE, GOLD, INK, MM, RED, plt, save

UNITS, STEPS = 64, 100


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_reach(bias):
    """Norm of the derivative by the cell state `lag` steps back, all paths counted."""
    rng = np.random.default_rng(1)
    weights = rng.normal(0, 0.4 / np.sqrt(UNITS), (2 * UNITS, 4 * UNITS))
    h, c, tape = np.zeros(UNITS), np.zeros(UNITS), []
    for _ in range(STEPS):
        z = np.concatenate([rng.normal(size=UNITS), h]) @ weights
        i, f, g, o = np.split(z, 4)
        i, f, g, o = sigmoid(i), sigmoid(f + bias), np.tanh(g), sigmoid(o)
        tape.append((i, f, g, o, c))
        c = f * c + i * g
        h = o * np.tanh(c)
        tape[-1] += (np.tanh(c),)
    dh, dc, sizes = np.zeros(UNITS), rng.normal(size=UNITS), []
    for i, f, g, o, old, tc in reversed(tape):
        dc = dc + dh * o * (1 - tc**2)
        sizes.append(np.linalg.norm(dc))
        dz = [dc * g * i * (1 - i), dc * old * f * (1 - f), dc * i * (1 - g**2)]
        dz = np.concatenate([*dz, dh * tc * o * (1 - o)])
        dh, dc = (weights @ dz)[UNITS:], dc * f
    return np.array(sizes) / sizes[0]


def rnn_reach():
    """The same for the state of a tanh network with weights of variance 1/units."""
    rng = np.random.default_rng(1)
    wx = rng.normal(0, 0.4 / np.sqrt(UNITS), (UNITS, UNITS))
    wh = rng.normal(0, 1 / np.sqrt(UNITS), (UNITS, UNITS))
    h, slopes, sizes = np.zeros(UNITS), [], []
    for _ in range(STEPS):
        h = np.tanh(rng.normal(size=UNITS) @ wx + h @ wh)
        slopes.append(1 - h**2)
    dh = rng.normal(size=UNITS)
    for slope in reversed(slopes):
        sizes.append(np.linalg.norm(dh))
        dh = wh @ (dh * slope)
    return np.array(sizes) / sizes[0]


def box(ax, x, y, text, colour=INK, **options):
    style = {"boxstyle": "round,pad=0.25", "fc": "white", "ec": colour, "lw": 0.8} | options
    ax.text(x, y, text, ha="center", va="center", fontsize=7, bbox=style, zorder=3)


def cell(ax):
    ax.set(xlim=(0, 10), ylim=(0, 11))
    ax.axis("off")

    def line(*points, colour=INK, tip=True, width=0.8):
        xs, ys = zip(*points, strict=True)
        ax.plot(xs, ys, color=colour, ls="-", lw=width, zorder=1)
        if tip:
            ax.annotate(
                "",
                points[-1],
                points[-2],
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": colour,
                    "lw": width,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )

    line((0.2, 9), (9.9, 9), colour=BLUE, width=1.8)
    ax.text(0.1, 9.95, "$c_{t-1}$", color=BLUE)
    ax.text(9.0, 9.55, "$c_t$", color=BLUE)
    gates = {"f": 1.6, "i": 3.3, "g": 5.1, "o": 7.7}
    line((0.2, 1.6), (7.7, 1.6), tip=False)
    for name, x in gates.items():
        line((x, 1.6), (x, 2.7))
        box(ax, x, 3.3, f"${name}$")
        ax.text(x + 0.25, 2.05, "tanh" if name == "g" else r"$\sigma$", fontsize=6)
    line((1.6, 4), (1.6, 8.45))
    line((3.3, 4), (3.3, 5.9), (3.7, 5.9))
    line((5.1, 4), (5.1, 5.9), (4.7, 5.9))
    line((4.2, 6.4), (4.2, 8.45))
    line((7.7, 4), (7.7, 5.35))
    line((7.7, 9), (7.7, 6.45))
    ax.text(7.9, 7.5, "tanh", fontsize=6)
    line((8.25, 5.9), (9.9, 5.9))
    ax.text(9.0, 6.3, "$h_t$")
    circle = {"boxstyle": "circle,pad=0.12"}
    for x, y, text in (
        (1.6, 9, r"$\times$"),
        (4.2, 9, "+"),
        (4.2, 5.9, r"$\times$"),
        (7.7, 5.9, r"$\times$"),
    ):
        box(ax, x, y, text, **circle)
    ax.text(0.2, 0.4, r"all four read $x_t$ and $h_{t-1}$", fontsize=6.5)


def main():
    fig, (left, right) = plt.subplots(1, 2, figsize=(80 * MM, 52 * MM), width_ratios=[1, 1])
    cell(left)
    series = [
        ("LSTM, bias 3", lstm_reach(3), BLUE, "-", (30, 4)),
        ("LSTM, bias 1", lstm_reach(1), GOLD, ":", (45, 2e-4)),
        ("tanh network", rnn_reach(), RED, "--", (8, 2e-8)),
    ]
    for text, sizes, colour, style, at in series:
        sizes = np.where(sizes > 1e-11, sizes, np.nan)
        right.semilogy([float(f"{s:.4g}") for s in sizes], color=colour, ls=style)
        right.text(*at, text, color=INK if colour == GOLD else colour, fontsize=6.5)
    right.set(xlim=(0, 100), ylim=(1e-10, 1e2), xlabel="steps back", title="size of gradient")
    right.set_xticks([0, 50, 100])
    save(fig, __file__)


if __name__ == "__main__":
    main()
