"""Forward values and backward gradients on a small graph; the gradient check."""

from itertools import pairwise

import numpy as np
from house import BLUE, INK, RED, figure, label_line, save


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def small_graph():
    """Values and gradients of L = (v s(w x + b) + c - y)^2 / 2."""
    x, w, b, v, c, y = 1.5, 0.8, -0.2, 2.0, -0.5, 0.0
    z = w * x + b
    a = sigmoid(z)
    out = v * a + c
    loss = 0.5 * (out - y) ** 2
    d_out = out - y
    d_a = d_out * v
    d_z = d_a * a * (1 - a)
    return {
        "values": {"x": x, "z": z, "a": a, "out": out, "L": loss},
        "grads": {"z": d_z, "a": d_a, "out": d_out, "L": 1.0},
        "parameters": {"w": ("x", d_z * x), "v": ("a", d_out * a)},
    }


def check_errors(steps, wrong=False):
    """Relative error of backpropagation against central differences."""
    rng = np.random.default_rng(0)
    data, y = rng.normal(size=(32, 4)), rng.normal(size=(32, 3))
    first, second = rng.normal(0, 0.5, (4, 5)), rng.normal(0, 0.5, (5, 3))

    def loss(m):
        return 0.5 * ((sigmoid(data @ m) @ second - y) ** 2).sum() / len(data)

    z = data @ first
    a = sigmoid(z)
    s = z if wrong else a
    grad = data.T @ ((a @ second - y) / len(data) @ second.T * s * (1 - s))
    errors = []
    for step in steps:
        num = np.zeros_like(first)
        for i in np.ndindex(first.shape):
            bump = np.zeros_like(first)
            bump[i] = step
            num[i] = (loss(first + bump) - loss(first - bump)) / (2 * step)
        errors.append(np.linalg.norm(grad - num) / np.linalg.norm(num))
    return np.array(errors)


def draw_graph(ax):
    graph = small_graph()
    ax.set(xlim=(0, 100), ylim=(-9, 56))
    ax.axis("off")
    at = {"x": 6, "z": 28, "a": 50, "out": 72, "L": 94}
    names = {"x": "$x$", "z": "$z$", "a": "$a$", "out": r"$\hat{y}$", "L": "$L$"}
    height = 27
    for key, place in at.items():
        ax.text(
            place,
            height,
            names[key],
            ha="center",
            va="center",
            fontsize=8,
            bbox={"boxstyle": "circle,pad=0.35", "fc": "white", "ec": INK, "lw": 0.8},
        )
        ax.text(place, 36.5, f"{graph['values'][key]:.2f}", ha="center", color=BLUE)
        if key in graph["grads"]:
            ax.text(place, 14.5, f"{graph['grads'][key]:.2f}", ha="center", color=RED)
    order = list(at)
    forward = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.2}
    backward = {"arrowstyle": "-|>", "color": RED, "lw": 1.2, "ls": (0, (3, 1.5))}
    labels = {"z": r"$wx+b$", "a": r"$\sigma$", "out": r"$va+c$", "L": r"$\hat{y}^2/2$"}
    factors = {"z": None, "a": r"$a(1{-}a)$", "out": r"$v$", "L": r"$\hat{y}$"}
    for start, end in pairwise(order):
        left, right = at[start] + 5.5, at[end] - 5.5
        middle = (left + right) / 2
        ax.annotate("", (right, height + 2), (left, height + 2), arrowprops=forward)
        ax.text(middle, height + 4.5, labels[end], ha="center", color=BLUE, fontsize=6.5)
        if factors[end]:
            ax.annotate("", (left, height - 2), (right, height - 2), arrowprops=backward)
            ax.text(
                middle, height - 8, r"$\times$" + factors[end], ha="center", color=RED, fontsize=6.5
            )
    for name, end in (("w", "z"), ("v", "out")):
        ax.annotate("", (at[end], 6.5), (at[end], 13), arrowprops=backward)
        factor, grad = graph["parameters"][name]
        text = rf"$\partial L/\partial {name}$ = {grad:.2f}  ($\times {factor}$)"
        ax.text(at[end], 2, text, ha="center", color=RED)
    ax.text(0, 51, "forward: values, kept for later", color=BLUE)
    ax.text(
        0, 44.5, r"($w = 0.8$, $b = -0.2$, $v = 2$, $c = -0.5$, target 0)", color=INK, fontsize=6.5
    )
    ax.text(0, -7, "backward: derivatives of $L$, by the chain rule", color=RED)


def main():
    fig, (top, low) = figure(80, 98, rows=2, height_ratios=[1.15, 1])
    draw_graph(top)
    steps = 10.0 ** np.arange(-11, 0)
    right, wrong = check_errors(steps), check_errors(steps, wrong=True)
    low.loglog(steps, wrong, color=RED, ls="--", marker="s", ms=3)
    low.loglog(steps, right, color=BLUE, ls="-", marker="o", ms=3)
    low.set_xlabel(r"step $\varepsilon$ of the central difference")
    low.set_ylabel("relative difference")
    low.set_ylim(1e-11, 1e3)
    label_line(low, 1e-6, wrong[5] * 3, "wrong derivative $z(1-z)$", RED, ha="center")
    label_line(low, 1e-6, 1e-5, "right derivative $a(1-a)$", BLUE, ha="center")
    label_line(low, 2e-11, 2e-10, "rounding\ndominates", INK, va="center")
    label_line(low, 2e-1, 1e-10, r"$\varepsilon^2$ dominates", INK, ha="right")
    save(fig, __file__)


if __name__ == "__main__":
    main()
