"""DPO: how hard a pair pulls, and where the probability of a similar pair can go."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

BETA = 0.5
# Output embeddings: the preferred "No" lies close to the rejected "Never".
ANSWERS = np.array([[1.0, 0.0], [1.2, -0.5], [-1.0, 0.6]])


def sigma(z):
    return 1 / (1 + np.exp(-z))


def log_probabilities(state):
    logits = ANSWERS @ state
    return logits - np.log(np.exp(logits).sum())


def displacement(steps):
    """Probabilities of No, Never and Yes while DPO prefers No to Never."""
    state = np.array([2.0, 0.0])
    start = log_probabilities(state)
    rows = []
    for _ in range(steps):
        now = log_probabilities(state)
        rows.append(np.exp(now))
        m = BETA * (now - start)
        state = state + 0.5 * BETA * sigma(m[1] - m[0]) * (ANSWERS[0] - ANSWERS[1])
    return np.round(np.array(rows).T, 3)


def main():
    fig, (left, right) = figure(80, 46, columns=2)
    m = np.linspace(-4, 6, 101)
    left.plot(m, np.round(sigma(-m), 3), color=BLUE, ls="-")
    left.plot(m, np.round(1 - m / 2, 3), color=RED, ls="--")
    left.axhline(0, color=GREY, lw=0.6, ls=":")
    left.set(title="pull of one pair", xlabel="margin $m$", ylim=(-1.2, 2.2), xlim=(-4, 6))
    left.set(yticks=[-1, 0, 1, 2], xticks=[-4, 0, 4])
    left.text(-3.8, 0.55, "DPO", color=BLUE, fontsize=6.5)
    left.text(-0.6, 1.6, "IPO", color=RED, fontsize=6.5)
    steps = 201
    curves = displacement(steps)
    styles = ((BLUE, "-"), (INK, "-."), (RED, "--"))
    for y, (colour, dash) in zip(curves, styles, strict=True):
        right.plot(np.arange(steps), y, color=colour, ls=dash)
    right.set(title="similar answers", xlabel="step", ylabel="probability", ylim=(-0.02, 1.05))
    right.set(xticks=[0, 100, 200], yticks=[0, 0.5, 1])
    right.text(105, 0.78, "Yes", color=RED, fontsize=6.5)
    right.text(88, 0.24, "No (preferred)", color=BLUE, fontsize=6.5)
    right.text(3, 0.65, "Never", color=INK, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
