"""Teacher forcing unrolled, and accuracy by position: forced, free, and without the shift."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from house import BLUE, INK, RED, figure, label_line, save

V, T, H = 10, 12, 64  # symbols 1 to 9, with 0 to begin; length; hidden units


def forward(theta, x, fed):
    r, e, u = theta  # [0] encoder, [1] decoder
    h = [np.zeros((len(x), H))]
    for t, token in enumerate(np.c_[x, fed].T):
        h.append(np.tanh(h[-1] @ r[t // T] + e[t // T, token]))
    return h, np.stack(h[T + 1 :], axis=1) @ u


def gradients(theta, x, fed, y):
    r, e, u = theta
    h, s = forward(theta, x, fed)
    p = np.exp(s - s.max(axis=2, keepdims=True))
    d_out = (p / p.sum(axis=2, keepdims=True) - np.eye(V)[y]) / y.size
    d_r, d_e, d_u, later = 0 * r, 0 * e, 0 * u, 0
    seq = np.c_[x, fed]
    for t in reversed(range(2 * T)):
        d = t // T
        if d:
            d_u += h[t + 1].T @ d_out[:, t - T]
            later = later + d_out[:, t - T] @ u.T
        dz = later * (1 - h[t + 1] ** 2)
        d_r[d] += h[t].T @ dz
        np.add.at(d_e[d], seq[:, t], dz)
        later = dz @ r[d].T
    return d_r, d_e, d_u


def shift(y):
    return np.c_[np.zeros(len(y), int), y[:, :-1]]


def generate(theta, x):
    y = np.zeros_like(x)
    for t in range(T):
        y[:, t] = forward(theta, x, shift(y))[1][:, t].argmax(axis=1)
    return y


def accuracies(feed, steps=500, rate=0.008):
    """Per position: accuracy with forced inputs and in free generation."""
    rng = np.random.default_rng(0)
    theta = [
        rng.normal(0, H**-0.5, (2, H, H)),
        rng.normal(0, 0.5, (2, V, H)),
        rng.normal(0, 0.05, (H, V)),
    ]
    power = [0 * p for p in theta]
    for n in range(steps):
        x = rng.integers(1, V, (64, T))
        y = np.sort(x, axis=1)
        for p, m, g in zip(theta, power, gradients(theta, x, feed(y), y), strict=True):
            m += 0.05 * (g * g - m)
            p -= rate * (1 - n / steps) * g / (np.sqrt(m) + 1e-8)
            p[...] = np.round(p, 5)  # so that no machine's last bits can grow
    x = rng.integers(1, V, (4000, T))
    y = np.sort(x, axis=1)
    forced = forward(theta, x, feed(y))[1].argmax(axis=2) == y
    free = generate(theta, x) == y
    return np.round(forced.mean(axis=0), 2), np.round(free.mean(axis=0), 2)


def box(ax, x, y, text, color):
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.36, y - 0.3),
            0.72,
            0.6,
            boxstyle="round,pad=0,rounding_size=0.1",
            fc="white",
            ec=color,
            lw=0.9,
        )
    )
    ax.text(x, y - 0.02, text, ha="center", va="center", fontsize=6, color=color)


def arrow(ax, start, end, color=INK, **style):
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "lw": 0.8,
            "color": color,
            "mutation_scale": 5,
            "shrinkA": 0,
            "shrinkB": 0,
            **style,
        },
    )


def diagram(ax):
    ax.set(xlim=(-0.5, 5.55), ylim=(-1.75, 3.35))
    ax.axis("off")
    for i, token in enumerate(["3", "1", "2", "begin", "1", "2"]):
        color = BLUE if i < 3 else RED
        box(ax, i, 1, "enc" if i < 3 else "dec", color)
        ax.text(i, -0.35, token, ha="center", va="center", fontsize=6.5)
        arrow(ax, (i, -0.02), (i, 0.68))
        if i < 5:
            arrow(ax, (i + 0.37, 1), (i + 0.63, 1))
    for i, token in enumerate(["1", "2", "3"], start=3):
        arrow(ax, (i, 1.32), (i, 2.0))
        ax.text(i, 2.3, token, ha="center", va="center", fontsize=6.5)
    for i in (3, 4):  # in use, the output comes back as the next input
        arrow(ax, (i + 0.18, 2.1), (i + 0.76, -0.1), "#5a5a5a", linestyle=(0, (2, 1.5)))
    ax.text(1, -1.05, "source", ha="center", va="center", fontsize=6.5)
    ax.text(4, -1.05, "target, shifted", ha="center", va="center", fontsize=6.5)
    ax.text(4, 3.0, "target", ha="center", va="center", fontsize=6.5)
    ax.text(
        5.5,
        -1.62,
        "dashes: in use, own outputs",
        ha="right",
        va="center",
        fontsize=6,
        color="#5a5a5a",
    )
    ax.set_title("Training on 3 1 2", loc="left")


def main():
    fig, (left, right) = figure(80, 48, columns=2, width_ratios=[1.15, 1])
    diagram(left)
    at = np.arange(1, T + 1)
    forced, free = accuracies(shift)
    _, broken = accuracies(np.copy)
    right.plot(at, forced, color=BLUE, ls="-", marker="o", ms=2.5)
    right.plot(at, free, color=RED, ls="--", marker="s", ms=2.5)
    right.plot(at, broken, color=INK, ls=":", marker="^", ms=2.5)
    right.set(xlabel="output position", ylim=(-0.02, 1.04), xlim=(0.5, 12.5))
    right.set_xticks([1, 6, 12])
    right.set_yticks([0, 0.5, 1])
    right.set_title("Share of right outputs", loc="left")
    label_line(right, 12.3, 0.9, "forced", BLUE, ha="right")
    label_line(right, 12.3, 0.36, "free", RED, ha="right")
    label_line(right, 12.3, 0.09, "free, not shifted", INK, ha="right")
    save(fig, __file__)


if __name__ == "__main__":
    main()
