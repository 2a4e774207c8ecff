"""The two models whose scores questions 76 and 80 draw; the code of both has the same."""

from __future__ import annotations

import numpy as np

RATE = 0.02  # share of positives


def scores(
    n: int = 20_000, rate: float = RATE, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, and the scores of models A and B.

    A lifts all positives alike, B lifts 60 % of them far up and the rest a little.
    """
    rng = np.random.default_rng(seed)
    y = np.arange(n) < rate * n
    z, easy = rng.normal(size=(2, n)), rng.random(n) < 0.6
    a = z[0] + 2.3 * y
    b = (z[0] + z[1]) / 2**0.5 + y * np.where(easy, 4.0, 1.2)
    return y, a, b
