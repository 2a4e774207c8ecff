"""Accuracy of linear probes on inputs, on random layers and on pretrained layers."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

SIZES = (25, 50, 100, 200, 500, 1000, 2000)
SEEDS = 5


def draw(rng, mix, n):
    """Noisy inputs of three hidden factors, the source classes and the target labels."""
    z = rng.normal(size=(n, 3))
    x = np.sin(2 * z @ mix) + 0.3 * rng.normal(size=(n, 30))
    s = z > 0
    return x, s @ [1, 2, 4], s[:, 0] ^ s[:, 1]


def forward(x, layers):
    acts = [x]
    for w in layers:
        acts.append(np.maximum(acts[-1] @ w, 0))
    return acts


def pretrain(rng, mix, init, steps=2000):
    x, source, _ = draw(rng, mix, 20_000)
    net = [w.copy() for w in init]
    for _ in range(steps):
        part = rng.integers(0, len(x), 64)
        acts = forward(x[part], net[:2])
        e = np.exp(acts[2] @ net[2])
        d = e / e.sum(1, keepdims=True) - np.eye(8)[source[part]]
        for i in (2, 1, 0):
            step = 0.1 * acts[i].T @ d / 64
            d, net[i] = d @ net[i].T * (acts[i] > 0), net[i] - step
    return net


def probe(f, y, test, truth):
    """Accuracy of a ridge classifier on standardised features."""
    mean, std = f.mean(0), f.std(0) + 1e-6
    f, test = (np.c_[(a - mean) / std, np.ones(len(a))] for a in (f, test))
    w = np.linalg.solve(f.T @ f + np.eye(len(f.T)), f.T @ (2.0 * y - 1))
    return ((test @ w > 0) == truth).mean()


def accuracies(seed):
    """For each size of the target set: inputs, random layer 2, pretrained layers 1 and 2."""
    rng = np.random.default_rng(seed)
    mix = rng.normal(size=(3, 30))
    shapes = ((30, 64), (64, 64), (64, 8))
    init = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in shapes]
    net = pretrain(rng, mix, init)
    test, _, truth = draw(rng, mix, 4000)
    stacks = [], init[:2], net[:1], net[:2]
    held = [forward(test, w)[-1] for w in stacks]
    found = []
    for n in SIZES:
        x, _, y = draw(rng, mix, n)
        features = (forward(x, w)[-1] for w in stacks)
        found.append([probe(f, y, t, truth) for f, t in zip(features, held, strict=True)])
    return found


def main():
    lines = np.median([accuracies(seed) for seed in range(SEEDS)], axis=0).T
    fig, ax = figure(80, 50)
    names = (
        ("inputs", GREY, (0, (1, 1)), "v", 0.515),
        ("random layer 2", INK, "-.", "^", 0.615),
        ("pretrained layer 1", RED, "--", "s", 0.79),
        ("pretrained layer 2", BLUE, "-", "o", 0.9),
    )
    for line, (name, color, style, mark, y) in zip(lines, names, strict=True):
        ax.semilogx(SIZES, line, color=color, ls=style, marker=mark, ms=2.6)
        label_line(ax, 2100, y, name, color, ha="right", fontsize=6.4)
    ax.axhline(0.5, color=GREY, lw=0.5, ls="-")
    ax.set(xlabel="labels of the target task", ylabel="accuracy", ylim=(0.46, 0.95))
    ax.set_xticks([25, 50, 200, 500, 2000], ["25", "50", "200", "500", "2,000"])
    ax.minorticks_off()
    save(fig, __file__)


if __name__ == "__main__":
    main()
