"""Cross-entropy of a confident mistake: computed by softmax first, and from the logits."""

import numpy as np

from house import BLUE, INK, RED, figure, label_line, save


def naive(gap, kind):
    """-log softmax of the true class, whose logit lies `gap` below the other."""
    with np.errstate(all="ignore"):
        e = np.exp(np.array([gap, 0], dtype=kind))
        return float(-np.log(e[1] / e.sum(dtype=kind)))


def stable(gap):
    return gap + np.log1p(np.exp(-gap))


def main():
    fig, ax = figure(80, 46)
    gaps = np.arange(0, 121)
    ax.plot(gaps, np.round(stable(gaps), 3), color=INK, ls=":", lw=1)
    for kind, color, dash, name, place in (
        (np.float32, BLUE, "-", "softmax first, FP32", (33, 84)),
        (np.float16, RED, "-", "softmax first, FP16", (15, 5)),
    ):
        values = np.array([naive(g, kind) for g in gaps])
        last = int(np.flatnonzero(np.isfinite(values))[-1])
        ax.plot(gaps[: last + 1], np.round(values[: last + 1], 2), color=color, ls=dash, lw=2)
        ax.plot(last, values[last], marker="x", color=color, ms=6, ls="none")
        label_line(ax, *place, name, color)
    label_line(ax, 70, 108, "from logits", INK)
    ax.set(xlabel="how far the true logit lies below", ylabel="cross-entropy")
    ax.set(xlim=(0, 121), ylim=(0, 125), xticks=[0, 30, 60, 90, 120], yticks=[0, 60, 120])
    save(fig, __file__)


if __name__ == "__main__":
    main()
