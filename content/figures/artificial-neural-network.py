"""A multilayer perceptron with two hidden units, and what it does to XOR."""

import numpy as np

from house import BLUE, GREY, INK, MM, RED, plt, save

W, b = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
v, c = np.array([1.0, -2.0]), 0.0
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)


def hidden(x):
    """The two hidden activations, ReLU of an affine map."""
    return np.maximum(0, x @ W.T + b)


def diagram(ax):
    ax.set(xlim=(0, 16), ylim=(0, 4.6), aspect="equal")
    ax.axis("off")
    place = {
        "$x_1$": (2.6, 3.3),
        "$x_2$": (2.6, 1.1),
        "$h_1$": (7.4, 3.3),
        "$h_2$": (7.4, 1.1),
        r"$\hat{y}$": (12.0, 2.2),
    }
    edges = [
        ("$x_1$", "$h_1$", W[0, 0], 0.50),
        ("$x_2$", "$h_1$", W[0, 1], 0.28),
        ("$x_1$", "$h_2$", W[1, 0], 0.28),
        ("$x_2$", "$h_2$", W[1, 1], 0.50),
        ("$h_1$", r"$\hat{y}$", v[0], 0.5),
        ("$h_2$", r"$\hat{y}$", v[1], 0.5),
    ]
    for start, end, weight, at in edges:
        (x0, y0), (x1, y1) = place[start], place[end]
        ax.plot([x0, x1], [y0, y1], color=GREY, linestyle="-", linewidth=0.9, zorder=1)
        ax.text(
            x0 + at * (x1 - x0),
            y0 + at * (y1 - y0),
            f"{weight:+.0f}".replace("-", "\N{MINUS SIGN}"),
            ha="center",
            va="center",
            fontsize=7,
            zorder=2,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )
    for name, (x, y) in place.items():
        ax.add_patch(
            plt.Circle((x, y), 0.68, facecolor="white", edgecolor=INK, linewidth=0.9, zorder=3)
        )
        ax.text(x, y, name, ha="center", va="center", fontsize=8, zorder=4)
    small = {"ha": "center", "va": "center", "fontsize": 6.5}
    ax.text(7.4, 4.4, "bias 0, ReLU", **small)
    ax.text(7.4, 0.05, "bias \N{MINUS SIGN}1, ReLU", **small)
    ax.text(12.9, 2.2, "bias 0, linear", ha="left", va="center", fontsize=6.5)
    ax.text(1.6, 2.2, "inputs", ha="right", va="center", fontsize=6.5)


def points(ax, xy, names):
    target = hidden(X) @ v + c
    for (px, py), t, (text, dx, dy) in zip(xy, target, names, strict=True):
        one = t > 0.5
        ax.scatter(
            px,
            py,
            s=20,
            marker="o" if one else "s",
            zorder=3,
            linewidth=1.1,
            facecolor=BLUE if one else "white",
            edgecolor=BLUE if one else RED,
        )
        if text:
            ax.text(px + dx, py + dy, text, ha="center", va="center", fontsize=6.5)


def main():
    fig = plt.figure(figsize=(80 * MM, 60 * MM))
    axes = fig.subplot_mosaic([["net", "net"], ["in", "hid"]], height_ratios=[1, 1.2])
    diagram(axes["net"])

    grid = np.linspace(-0.6, 1.6, 89)
    gx, gy = np.meshgrid(grid, grid)
    out = hidden(np.stack([gx.ravel(), gy.ravel()], 1)) @ v + c
    ax = axes["in"]
    ax.contourf(gx, gy, out.reshape(gx.shape), levels=[0.5, 9], colors=["#d9e4f0"])
    ax.contour(gx, gy, out.reshape(gx.shape), levels=[0.5], colors=[INK], linewidths=0.8)
    points(ax, X, [("0", -0.25, 0), ("1", -0.25, 0), ("1", 0.25, 0), ("0", 0.25, 0)])
    ax.set(
        title="Input space: two cuts needed",
        xlabel="$x_1$",
        ylabel="$x_2$",
        xticks=[0, 1],
        yticks=[0, 1],
        aspect="equal",
    )

    ax = axes["hid"]
    hx, hy = np.meshgrid(np.linspace(-0.5, 2.5, 89), np.linspace(-0.9, 2.1, 89))
    out = v[0] * hx + v[1] * hy + c
    ax.contourf(hx, hy, out, levels=[0.5, 9], colors=["#d9e4f0"])
    ax.contour(hx, hy, out, levels=[0.5], colors=[INK], linewidths=0.8)
    # (0,1) and (1,0) fall on the same point: one mark, named once.
    names = [("0", -0.28, 0.0), ("1, twice", 0.75, -0.42), ("", 0, 0), ("0", 0.0, 0.4)]
    points(ax, hidden(X), names)
    ax.set(
        title="Hidden space: one cut",
        xlabel="$h_1$",
        ylabel="$h_2$",
        xticks=[0, 1, 2],
        yticks=[0, 1],
        aspect="equal",
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
