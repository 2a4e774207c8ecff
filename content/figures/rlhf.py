"""Optimising a learned reward: what the reward model sees, and what people would say."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

ANSWERS, PAIRS, SEEDS = 20_000, 2_000, 20
BETAS = np.geomspace(100, 0.2, 24)


def world(seed):
    """True reward and reward model's score of the reference model's answers."""
    rng = np.random.default_rng(seed)
    quality, length = rng.standard_normal((2, ANSWERS))
    true = 0.5 * quality + length - 0.5 * length**2
    seen = np.column_stack([quality, length])
    a, b = rng.integers(ANSWERS, size=(2, PAIRS))
    wins = rng.random(PAIRS) < 1 / (1 + np.exp(true[b] - true[a]))
    x, w = seen[a] - seen[b], np.zeros(2)
    for _ in range(150):  # Bradley-Terry
        w += x.T @ (wins - 1 / (1 + np.exp(-x @ w))) / PAIRS
    return true, seen @ w


def curves(seed):
    """KL from the reference, mean proxy and mean true reward of the best policy for each beta."""
    true, proxy = world(seed)
    rows = []
    for beta in BETAS:
        p = np.exp((proxy - proxy.max()) / beta)
        p /= p.sum()
        kl = (p * np.log(np.maximum(p, 1e-300) * ANSWERS)).sum()
        rows.append((kl, p @ proxy, p @ true))
    return np.round(np.array(rows).T, 2)


def main():
    fig, ax = figure(80, 50)
    for seed in range(SEEDS):
        kl, proxy, true = curves(seed)
        bold = seed == 0
        style = {"lw": 1.4 if bold else 0.5, "zorder": 3 if bold else 1}
        ax.plot(kl, proxy, color=RED if bold else "#e9b8a3", ls="--", **style)
        ax.plot(kl, true, color=BLUE if bold else "#a9c4dc", ls="-", **style)
    ax.axhline(-0.5, color=GREY, lw=0.6, ls=":")
    ax.set(xlim=(0, 6.5), ylim=(-2.2, 3.4), ylabel="mean reward")
    ax.set(xlabel="KL divergence from the reference model (nats)")
    ax.text(2.6, 2.7, "reward model's score", color=RED, fontsize=6.5, ha="right")
    ax.text(3.3, 0.55, "true reward", color=BLUE, fontsize=6.5)
    ax.text(0.1, -0.85, "reference model", color=INK, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
