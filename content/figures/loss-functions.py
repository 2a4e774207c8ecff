"""Regression losses over the error, and two losses of a sigmoid over the raw output."""

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save

THRESHOLD = 1.0  # where Huber's loss turns from quadratic to linear


def huber(error):
    size = np.abs(error)
    return np.where(size <= THRESHOLD, size**2 / 2, THRESHOLD * (size - THRESHOLD / 2))


def main():
    fig, (left, right) = figure(80, 44, columns=2)
    error = np.linspace(-3, 3, 241)
    for loss, color, dash in (
        (error**2 / 2, BLUE, "-"),
        (np.abs(error), RED, "--"),
        (huber(error), INK, "-."),
    ):
        left.plot(error, np.round(loss, 4), color=color, linestyle=dash)
    left.set(xlim=(-3, 3), ylim=(0, 4.6), xticks=[-3, 0, 3], yticks=[0, 2, 4])
    left.set(title="Real target", xlabel="error $y - z$", ylabel="loss")
    label_line(left, -1.9, 4.1, "squared", BLUE, ha="left", fontsize=6.5)
    label_line(left, -0.1, 1.9, "absolute", RED, ha="center", fontsize=6.5)
    label_line(left, 3.0, 0.55, "Huber", INK, ha="right", fontsize=6.5)

    z = np.linspace(-6, 6, 241)
    p = 1 / (1 + np.exp(-z))
    right.plot(z, np.round(-np.log(p), 4), color=BLUE, linestyle="-")
    right.plot(z, np.round((1 - p) ** 2, 4), color=RED, linestyle="--")
    right.set(xlim=(-6, 6), ylim=(0, 6.2), xticks=[-6, 0, 6], yticks=[0, 2, 4, 6])
    right.set(title="Target is yes", xlabel="raw output $z$")
    label_line(right, -2.6, 3.6, "cross-entropy", BLUE, ha="left", fontsize=6.5)
    label_line(right, -5.8, 1.25, "squared", RED, ha="left", fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
