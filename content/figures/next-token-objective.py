"""The held-out loss of models with longer and longer context, and the floor below them."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

SYMBOLS, MEMORY, TEST = 4, 2, 20_000
ORDERS = np.arange(7)


def source(rng):
    """Probabilities of the next symbol for each pair of last symbols, far from uniform."""
    raw = rng.random((SYMBOLS**MEMORY, SYMBOLS)) ** 2
    return raw / raw.sum(1, keepdims=True)


def text(table, length, rng):
    draws, edges = rng.random(length), table.cumsum(1)
    symbols, state = np.zeros(length, int), 0
    for i, u in enumerate(draws):
        symbols[i] = min(int((u > edges[state]).sum()), SYMBOLS - 1)
        state = (state * SYMBOLS + symbols[i]) % SYMBOLS**MEMORY
    return symbols


def contexts(symbols, order):
    """The number of each position's last `order` symbols, from position 6 on."""
    state = np.zeros(len(symbols), int)
    for back in range(order, 0, -1):
        state[back:] = state[back:] * SYMBOLS + symbols[:-back]
    return state[ORDERS[-1] :], symbols[ORDERS[-1] :]


def loss(train, test, order):
    """Bits per symbol on the test text of the counted model with `order` symbols of context."""
    counts = np.full((SYMBOLS**order, SYMBOLS), 0.1)
    np.add.at(counts, contexts(train, order), 1)
    p = counts / counts.sum(1, keepdims=True)
    return -np.log2(p[contexts(test, order)]).mean()


def main():
    fig, ax = figure(80, 50)
    rng = np.random.default_rng(0)
    table = source(rng)
    test = text(table, TEST, rng)
    lines = ((300, RED, "--", "s"), (3_000, INK, "-.", "^"), (100_000, BLUE, "-", "o"))
    for length, colour, dash, marker in lines:
        train = text(table, length, rng)
        y = np.round([loss(train, test, k) for k in ORDERS], 3)
        ax.plot(ORDERS, y, color=colour, ls=dash, marker=marker, ms=3)
        ax.text(6.1, y[-1], f"{length:,}", color=colour, fontsize=6.5, va="center")
    state, following = contexts(test, MEMORY)
    floor = -np.log2(table[state, following]).mean()
    ax.axhline(round(floor, 3), color=GREY, lw=0.8, ls=":")
    ax.text(0, floor - 0.02, "the source itself", color="#5a5a5a", fontsize=6.5, va="top")
    ax.text(6.1, 1.95, "symbols\nof training", fontsize=6.5, va="center")
    ax.set(xlabel="context of the model (symbols)", ylabel="bits per symbol, new text")
    ax.set(xlim=(-0.2, 7.3), ylim=(1.2, 2.02), xticks=ORDERS)
    save(fig, __file__)


if __name__ == "__main__":
    main()
