"""Forward values and backward gradients on a small graph; the gradient check."""

from itertools import pairwise
from math import fsum

import numpy as np

from house import BLUE, INK, MM, RED, label_line, plt, save


def sigmoid(z):
    """The sigmoid by sums and products alone (a series and six squarings).

    Where rounding decides what is drawn, library routines for exp and matrix
    products would make the picture depend on the machine.
    """
    z = np.asarray(z, dtype=float)
    term = power = np.ones_like(z)
    for k in range(1, 16):
        term = term * (-z / 64) / k
        power = power + term
    for _ in range(6):
        power = power * power
    return 1 / (1 + power)


def product(a, b):
    """The matrix product `a @ b`, summed in one order on every machine."""
    out = a[:, 0, None] * b[0]
    for k in range(1, a.shape[1]):
        out = out + a[:, k, None] * b[k]
    return out


def norm(a):
    return fsum(float(v) ** 2 for v in a.ravel()) ** 0.5


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
    data, y = rng.normal(size=(32, 4)).round(3), rng.normal(size=(32, 3)).round(3)
    first, second = rng.normal(0, 0.5, (4, 5)).round(3), rng.normal(0, 0.5, (5, 3)).round(3)

    def loss(m):
        residual = product(sigmoid(product(data, m)), second) - y
        return 0.5 * fsum((residual * residual).ravel()) / len(data)

    z = product(data, first)
    a = sigmoid(z)
    s = z if wrong else a
    delta = product((product(a, second) - y) / len(data), second.T) * s * (1 - s)
    grad = product(data.T, delta)
    errors = []
    for step in steps:
        num = np.zeros_like(first)
        for i in np.ndindex(first.shape):
            up, down = first.copy(), first.copy()
            up[i] += step
            down[i] -= step
            num[i] = (loss(up) - loss(down)) / (2 * step)
        errors.append(float(f"{norm(grad - num) / norm(num):.2g}"))
    return np.array(errors)


def draw_graph(ax):
    graph = small_graph()
    ax.set(xlim=(0, 100), ylim=(-1, 41))
    ax.axis("off")
    at = {"x": 6, "z": 28, "a": 50, "out": 72, "L": 94}
    names = {"x": "$x$", "z": "$z$", "a": "$a$", "out": r"$\hat{y}$", "L": "$L$"}
    height, small = 23, {"ha": "center", "fontsize": 6.5}
    for key, place in at.items():
        ax.text(
            place,
            height,
            names[key],
            ha="center",
            va="center",
            fontsize=7.5,
            bbox={"boxstyle": "circle,pad=0.28", "fc": "white", "ec": INK, "lw": 0.8},
        )
        ax.text(place, 29.5, f"{graph['values'][key]:.2f}", color=BLUE, **small)
        if key in graph["grads"]:
            ax.text(place, 13, f"{graph['grads'][key]:.2f}", color=RED, **small)
    order = list(at)
    arrow = {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 7, "arrowstyle": "-|>", "lw": 1}
    forward = {**arrow, "color": BLUE}
    backward = {**arrow, "color": RED, "ls": (0, (3, 1.5))}
    labels = {"z": r"$wx+b$", "a": r"$\sigma$", "out": r"$va+c$", "L": r"$\hat{y}^2/2$"}
    factors = {"z": None, "a": r"$a(1{-}a)$", "out": r"$v$", "L": r"$\hat{y}$"}
    for start, end in pairwise(order):
        left, right = at[start] + 5, at[end] - 5
        middle = (left + right) / 2
        ax.annotate("", (right, height + 1.5), (left, height + 1.5), arrowprops=forward)
        ax.text(middle, height + 3.5, labels[end], color=BLUE, **small)
        if factors[end]:
            ax.annotate("", (left, height - 1.5), (right, height - 1.5), arrowprops=backward)
            ax.text(middle, height - 7, r"$\times$" + factors[end], color=RED, **small)
    for name, end in (("w", "z"), ("v", "out")):
        ax.annotate("", (at[end], 7), (at[end], 12), arrowprops=backward)
        factor, grad = graph["parameters"][name]
        text = rf"$\partial L/\partial {name}$ = {grad:.2f}  ($\times {factor}$)"
        ax.text(at[end], 2.5, text, color=RED, **small)
    given = r"$w = 0.8$, $b = -0.2$, $v = 2$, $c = -0.5$, target 0"
    ax.text(0, 36.5, "forward: values", color=BLUE, fontsize=6.5)
    ax.text(100, 36.5, given, color=INK, fontsize=6.5, ha="right")
    backward_is = "backward:\nderivatives\nof $L$"
    ax.text(0, 7, backward_is, color=RED, fontsize=6.5, va="center", linespacing=1.1)


def main():
    fig = plt.figure(figsize=(80 * MM, 60 * MM), layout="none")
    top = fig.add_axes((0.01, 0.475, 0.98, 0.525))
    low = fig.add_axes((0.205, 0.155, 0.78, 0.29))
    draw_graph(top)
    steps = [float(f"1e{k}") for k in range(-11, 0)]
    right, wrong = check_errors(steps), check_errors(steps, wrong=True)
    low.loglog(steps, wrong, color=RED, ls="--", marker="s", ms=3)
    low.loglog(steps, right, color=BLUE, ls="-", marker="o", ms=3)
    low.set_xlabel(r"step $\varepsilon$ of the central difference")
    low.set_ylabel("relative\ndifference", labelpad=1)
    low.set(xlim=(5e-12, 2e-1), ylim=(1e-11, 1e5), yticks=[1e-10, 1e-5, 1])
    size = {"fontsize": 6.5}
    label_line(low, 1e-6, 300, "wrong derivative $z(1-z)$", RED, ha="center", **size)
    label_line(low, 1e-6, 1e-4, "right derivative $a(1-a)$", BLUE, ha="center", **size)
    label_line(low, 8e-12, 3e-9, "rounding\ndominates", INK, va="center", **size)
    label_line(low, 1.5e-1, 1e-10, r"$\varepsilon^2$ dominates", INK, ha="right", **size)
    save(fig, __file__)


if __name__ == "__main__":
    main()
