"""What derivatives cost: operations over the number of inputs, and values kept over the length."""

import math

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save


class Counter:
    """Counts the operations that the program and its derivatives would execute."""

    def __init__(self):
        self.evaluate = self.local = self.edges = 0

    def operation(self, derivative_cost, inputs):
        self.evaluate += 1
        self.local += derivative_cost  # to evaluate the local derivatives
        self.edges += inputs  # each is one multiplication and one addition


def count(inputs):
    """The operations of total = total + tanh(a b) total over neighbouring inputs."""
    counter = Counter()
    counter.operation(0, 2)  # x0 * x0: its local derivatives are known values
    for _ in range(inputs - 1):
        counter.operation(0, 2)  # a * b
        counter.operation(2, 1)  # tanh: 1 - t * t
        counter.operation(0, 2)  # times total
        counter.operation(0, 2)  # plus total
    return counter


def relative_costs(inputs):
    """Reverse, forward and central differences, in evaluations of the function."""
    c = count(inputs)
    sweep = c.local + 2 * c.edges
    reverse = (c.evaluate + sweep) / c.evaluate
    forward = inputs * (c.evaluate + sweep) / c.evaluate
    return reverse, forward, 2 * inputs


def checkpointed(steps):
    """The most values kept at once: the checkpoints and one segment between two of them."""
    return min(math.ceil(steps / gap) + gap for gap in range(1, steps + 1))


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    sizes = np.array([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    reverse, forward, differences = np.array([relative_costs(int(n)) for n in sizes]).T
    left.plot(sizes, forward, color=RED, ls="--")
    left.plot(sizes, differences, color=INK, ls="-.")
    left.plot(sizes, reverse, color=BLUE, ls="-")
    left.set(xscale="log", yscale="log", xlabel="inputs", title="Cost in evaluations")
    left.set_xticks([2, 32, 512], ["2", "32", "512"])
    left.set_ylim(1, 9000)
    label_line(left, 3, 1400, "forward mode", RED, fontsize=6.5)
    label_line(left, 40, 16, "differences", INK, fontsize=6.5)
    label_line(left, 3, 1.5, "reverse mode", BLUE, fontsize=6.5)

    steps = np.array([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    right.plot(steps, steps, color=BLUE, ls="-")
    right.plot(steps, [checkpointed(int(n)) for n in steps], color=GREY, ls=(0, (4, 1, 1, 1)))
    right.plot(steps, [2] * len(steps), color=RED, ls="--")
    right.set(xscale="log", yscale="log", xlabel="steps of a chain", title="Values kept")
    right.set_xticks([2, 32, 512], ["2", "32", "512"])
    right.set_ylim(1, 9000)
    label_line(right, 3, 400, "reverse\nmode", BLUE, fontsize=6.5)
    label_line(right, 60, 6.2, "checkpoints", "#5a5a5a", fontsize=6.5)
    label_line(right, 60, 2.5, "forward mode", RED, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
