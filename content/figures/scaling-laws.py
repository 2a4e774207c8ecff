"""Compute-optimal training by published fits: loss at equal compute, tokens per parameter."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save, shades

# E, A, B, alpha, beta of the loss E + A/N^alpha + B/D^beta.
PRINTED = (1.69, 406.4, 410.7, 0.34, 0.28)  # Hoffmann et al. 2022
REFITTED = (1.8172, 482.01, 2085.43, 0.3478, 0.3658)  # Besiroglu et al. 2024
MODELS = {  # parameters (active), training tokens, where the name stands
    "GPT-3": (175e9, 300e9, "below"),
    "Chinchilla": (70e9, 1.4e12, "below"),
    "Llama 3 405B": (405e9, 15.6e12, "left"),
    "Llama 3 8B": (8e9, 15e12, "left"),
    "DeepSeek-V3": (37e9, 14.8e12, "left"),
}


def loss(fit, parameters, tokens):
    floor, a, b, alpha, beta = fit
    return floor + a / parameters**alpha + b / tokens**beta


def best(fit, flop):
    """The number of parameters with the lowest loss for `flop` operations."""
    _, a, b, alpha, beta = fit
    scale = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    return scale * (flop / 6) ** (beta / (alpha + beta))


def main():
    fig, (left, right) = figure(80, 54, columns=2, width_ratios=[1, 1.15])
    budgets = [1e19, 1e20, 1e21, 1e22, 1e23]
    for flop, shade in zip(budgets, shades(len(budgets)), strict=True):
        middle = best(REFITTED, flop)
        n = middle * np.logspace(-1.1, 1.1, 60)
        left.plot(n, loss(REFITTED, n, flop / (6 * n)), color=shade, ls="-", lw=1)
        low = loss(REFITTED, middle, flop / (6 * middle))
        left.plot([middle], [low], "o", color=RED, ms=3, zorder=3)
        power = round(np.log10(flop))
        end = loss(REFITTED, n[-1], flop / (6 * n[-1]))
        left.text(n[-1] * 1.15, end, f"$10^{{{power}}}$", fontsize=6)
    left.set(
        xscale="log", title="loss at equal FLOP", xlabel="parameters (billion)", ylim=(1.9, 3.6)
    )
    left.set_xticks([1e8, 1e9, 1e10, 1e11, 1e12], ["0.1", "1", "10", "100", "1k"])
    left.set_xlim(1.5e7, 3e12)
    left.minorticks_off()

    flop = np.logspace(20, 26, 61)
    for fit, colour, dash in ((PRINTED, GREY, "--"), (REFITTED, BLUE, "-")):
        right.plot(flop, flop / (6 * best(fit, flop) ** 2), color=colour, ls=dash)
    for name, (n, d, side) in MODELS.items():
        right.plot([6 * n * d], [d / n], "s", color=INK, ms=3)
        x, y, ha = (
            (6 * n * d / 1.6, d / n, "right")
            if side == "left"
            else (6 * n * d, d / n / 1.9, "center")
        )
        right.text(x, y, name, fontsize=5.8, va="center", ha=ha)
    right.set(xscale="log", yscale="log", title="tokens per parameter", xlabel="FLOP")
    right.set(xlim=(1e20, 1e26), ylim=(0.5, 6000))
    right.set_yticks([1, 20, 100, 1000], ["1", "20", "100", "1,000"])
    right.minorticks_off()
    right.text(1.3e20, 70, "as printed", color="#5a5a5a", fontsize=6)
    right.text(1.3e20, 9, "refitted", color=BLUE, fontsize=6)
    save(fig, __file__)


if __name__ == "__main__":
    main()
