"""Several answers per prompt: what training does to pass@k, and when voting helps."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

# Two ways of reasoning, each right with these probabilities on two kinds of prompts.
SHARE = np.array([0.8, 0.2])
RIGHT = np.array([[0.6, 0.1], [0.0, 0.3]])
VOTES = 8_000


def pass_at(k, first):
    """Share of prompts solved in `k` answers when the first way is taken with that probability."""
    solved = RIGHT @ [first, 1 - first]
    return SHARE @ (1 - (1 - solved[:, None]) ** k)


def voting(chances, answers, rng):
    """How often the first answer wins the vote; ties are drawn by lot."""
    draws = np.searchsorted(np.cumsum(chances)[:-1], rng.random((VOTES, answers)), side="right")
    counts = np.stack([(draws == i).sum(1) for i in range(len(chances))], axis=1)
    return (counts + 0.5 * rng.random(counts.shape)).argmax(1) == 0


def main():
    fig, (left, right) = figure(80, 48, columns=2)
    k = 2 ** np.arange(9)
    left.plot(k, pass_at(k, 0.3), color=BLUE, ls="-", marker="o", ms=2.6)
    left.plot(k, pass_at(k, 1.0), color=RED, ls="--", marker="s", ms=2.6)
    left.set(xscale="log", title="pass@k", xlabel="k", ylim=(0, 1.05), yticks=[0, 0.5, 1])
    left.set_xticks([1, 16, 256], ["1", "16", "256"])
    left.text(7, 0.45, "before", color=BLUE, fontsize=6.5)
    left.text(1.1, 0.86, "after", color=RED, fontsize=6.5)

    rng = np.random.default_rng(0)
    counts = [1, 2, 4, 8, 16, 32, 64, 128, 256]
    cases = (((0.4, 0.3, 0.2, 0.1), BLUE, "-", "o"), ((0.3, 0.4, 0.2, 0.1), RED, "--", "s"))
    for chances, colour, dash, marker in cases:
        y = [round(voting(chances, n, rng).mean(), 2) for n in counts]
        right.plot(counts, y, color=colour, ls=dash, marker=marker, ms=2.6)
    right.plot(counts, 1 - 0.7 ** np.array(counts), color=GREY, ls="-.", lw=1)
    right.set(xscale="log", title="right after n answers", xlabel="n", ylim=(0, 1.05))
    right.set(yticks=[0, 0.5, 1])
    right.set_xticks([1, 16, 256], ["1", "16", "256"])
    right.text(15, 0.37, "vote, right\nmost frequent", color=BLUE, fontsize=6)
    right.text(1, 0.06, "vote, wrong\nmost frequent", color=RED, fontsize=6)
    right.text(1, 0.95, "verifier", color=INK, fontsize=6)
    for ax in (left, right):
        ax.minorticks_off()
    save(fig, __file__)


if __name__ == "__main__":
    main()
