"""The generator's two losses, and mode collapse in a game over eight modes."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save


def losses(logits):
    """Saturating and non-saturating generator loss of D = sigmoid(logit)."""
    return -np.logaddexp(0, logits), np.logaddexp(0, -logits)


def play(steps, rounds, modes=8):
    """Effective number of modes after each round of `steps` generator steps."""
    p = np.full(modes, 1 / modes)
    q = np.random.default_rng(0).dirichlet(np.ones(modes))
    covered = [np.exp(-(q * np.log(q)).sum())]
    for _ in range(rounds):
        d = p / (p + q)
        for _ in range(steps):
            q = q * d
            q /= q.sum()
        covered.append(np.exp(-(q * np.log(q)).sum()))
    return np.round(covered, 4)


def main():
    fig, (left, right) = figure(80, 50, columns=2)
    logits = np.linspace(-6, 6, 61)
    saturating, other = losses(logits)
    left.plot(logits, np.round(other, 4), color=BLUE, ls="-")
    left.plot(logits, np.round(saturating, 4), color=RED, ls="--")
    left.axhline(0, color=GREY, lw=0.5, ls="-")
    left.set_xlabel("logit of $D$ on a fake")
    left.set_ylabel("generator loss")
    left.set_title("Generator losses", loc="left")
    left.set_xticks([-6, 0, 6])
    left.set_ylim(-7, 7)
    label_line(left, -2.6, 4.2, r"$-\log D$", BLUE)
    label_line(left, -2.6, 2.9, "steep if caught", BLUE, fontsize=6.2)
    label_line(left, -6, -2.3, r"$\log(1{-}D)$", RED)
    label_line(left, -6, -3.6, "flat if caught", RED, fontsize=6.2)

    rounds = 12
    right.plot(range(rounds + 1), play(1, rounds), color=BLUE, ls="-", marker="o", ms=2.5)
    right.plot(range(rounds + 1), play(50, rounds), color=RED, ls="--", marker="s", ms=2.5)
    right.axhline(8, color=GREY, lw=0.6, ls=":")
    right.set_xlabel("update of $D$")
    right.set_ylabel("modes covered, of 8")
    right.set_title("Mode collapse", loc="left")
    right.set_ylim(0, 9)
    right.set_xticks([0, 4, 8, 12])
    right.set_yticks([0, 2, 4, 6, 8])
    label_line(right, 12.3, 5.4, "1 generator step\nper update", BLUE, fontsize=6.2, ha="right")
    label_line(right, 12.3, 3.2, "50 generator steps\nper update", RED, fontsize=6.2, ha="right")
    right.spines["left"].set_color(INK)
    save(fig, __file__)


if __name__ == "__main__":
    main()
