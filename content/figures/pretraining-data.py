"""Which pairs of documents banded MinHash finds, by formula and by drawing hash functions."""

import numpy as np

from house import BLUE, INK, RED, figure, save

PRIME = 2**31 - 1
SETTINGS = ((14, 8, BLUE, "-", "o"), (450, 20, RED, "--", "s"))  # bands, rows


def pair(similarity, size, rng):
    """Two sets of numbers with the given Jaccard similarity, `size` numbers together."""
    numbers = rng.integers(1, PRIME, size=size)
    shared = round(similarity * size)
    middle = shared + (size - shared) // 2
    return numbers[:middle], np.concatenate([numbers[:shared], numbers[middle:]])


def found(one, two, bands, rows, rng, draws=50):
    """Share of draws of hash functions in which some band of the signatures agrees."""
    hits = 0
    for _ in range(draws):
        a, b = rng.integers(1, PRIME, size=(2, bands * rows, 1))
        same = ((a * one + b) % PRIME).min(1) == ((a * two + b) % PRIME).min(1)
        hits += same.reshape(bands, rows).all(1).any()
    return hits / draws


def main():
    fig, ax = figure(80, 48)
    rng = np.random.default_rng(0)
    s = np.linspace(0.3, 1, 141)
    for bands, rows, colour, dash, marker in SETTINGS:
        ax.plot(s, 1 - (1 - s**rows) ** bands, color=colour, ls=dash)
        for similarity in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
            if rows == 20 and similarity < 0.6:
                continue
            one, two = pair(similarity, 60, rng)
            share = found(one, two, bands, rows, rng)
            ax.plot([similarity], [share], marker, color=colour, ms=3.4, mfc="white")
    ax.set(xlim=(0.3, 1), ylim=(-0.02, 1.04), xticks=[0.4, 0.6, 0.8, 1])
    ax.set(xlabel="Jaccard similarity of two documents", ylabel="share of pairs found")
    ax.text(0.36, 0.42, "14 bands\nof 8 hashes", color=BLUE, fontsize=6.5)
    ax.text(0.84, 0.38, "450 bands\nof 20", color=RED, fontsize=6.5)
    ax.text(0.32, 0.93, "points: simulated", color=INK, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
