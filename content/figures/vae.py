"""The ELBO beside the likelihood it bounds, and the directions that survive a growing KL weight."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

W, NOISE, X = 1.5, 0.5, 2.0  # x = W z + noise, z standard normal
SPREAD = np.array([4.0, 1.0, 0.25])  # variance of the data in three directions


def log_normal(x, mean, variance):
    return -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)


def elbo(mean, variance):
    """Expected log-likelihood of X under q = N(mean, variance) minus the KL to the prior."""
    fit = log_normal(X, W * mean, NOISE) - 0.5 * W**2 * variance / NOISE
    return fit - 0.5 * (variance + mean**2 - 1 - np.log(variance))


def rates(beta, steps=3000):
    """KL per direction after best encoder and best decoder have been set in turn."""
    w = np.ones(3)
    for _ in range(steps):
        total = w * w + beta * NOISE
        v, variance = w / total, beta * NOISE / total
        w = v * SPREAD / (v * v * SPREAD + variance)
    return 0.5 * (variance + v * v * SPREAD - 1 - np.log(variance))


def bound(ax):
    means = np.linspace(0.2, 2.2, 81)
    posterior = NOISE / (W * W + NOISE)
    ax.axhline(log_normal(X, 0, W * W + NOISE), color=GREY, lw=1, ls="-")
    ax.plot(means, elbo(means, posterior), color=BLUE, ls="-")
    ax.plot(means, elbo(means, 0.6), color=RED, ls="--")
    ax.set(xlim=(0.2, 2.2), ylim=(-5.2, -1.6), xticks=[0.5, 1, 1.5, 2])
    ax.set(title="one data point", xlabel="mean of $q(z)$", ylabel="nats")
    ax.text(0.26, -1.95, "log p(x)", color="#5a5a5a", fontsize=6.5, va="center")
    ax.text(1.09, -3.75, "width of q:", fontsize=6.3, ha="center")
    label_line(ax, 1.09, -4.25, "right (solid)", BLUE, ha="center", fontsize=6.3)
    label_line(ax, 1.09, -4.75, "too large (dashed)", RED, ha="center", fontsize=6.3)


def collapse(ax):
    betas = np.logspace(-0.5, 1.2, 35)
    found = np.maximum(np.round([rates(b) for b in betas], 3), 0).T
    for line, colour, dash in zip(found, (BLUE, RED, INK), ("-", "--", "-."), strict=True):
        ax.semilogx(betas, line, color=colour, ls=dash)
    ax.set(ylim=(-0.04, 1.75), title="three directions", xlabel="weight β of the KL term")
    ax.set_ylabel("KL (nats)")
    ax.set_xticks([0.5, 1, 2, 4, 8], ["0.5", "1", "2", "4", "8"])
    ax.minorticks_off()
    label_line(ax, 1.9, 0.82, "variance 4", BLUE)
    label_line(ax, 0.72, 0.62, "1", RED)
    label_line(ax, 0.36, 0.3, "0.25", INK)


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    bound(left)
    collapse(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
