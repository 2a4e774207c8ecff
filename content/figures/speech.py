"""The CTC lattice with its occupancies, and the spikes that CTC training makes."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save


def forward_backward(p, target):
    """Occupancy of every lattice state (frames by states) and the states' labels."""
    z = np.zeros(2 * len(target) + 1, int)
    z[1::2] = target
    skip = np.zeros(len(z))
    skip[2:] = (z[2:] != 0) & (z[2:] != z[:-2])

    def sweep(rows, labels, jumps):
        a = np.zeros((len(rows), len(labels)))
        a[0, :2] = rows[0, labels[:2]]
        for t in range(1, len(rows)):
            b = a[t - 1]
            reach = b + np.r_[0, b[:-1]] + jumps * np.r_[0, 0, b[:-2]]
            a[t] = rows[t, labels] * reach
        return a

    alpha = sweep(p, z, skip)
    back = np.zeros(len(z))
    back[2:] = skip[2:][::-1]
    beta = sweep(p[::-1], z[::-1], back)[::-1, ::-1]
    occupancy = alpha * beta / p[:, z]
    return occupancy / occupancy.sum(1, keepdims=True), z


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def utterance(rng, prototypes, labels):
    """Noisy frames: silence, then every label for some ten frames."""
    lengths = rng.integers(8, 13, len(labels))
    track = np.concatenate([[0] * 4, np.repeat(labels, lengths), [0] * 4])
    frames = prototypes[track] + 0.5 * rng.normal(size=(len(track), prototypes.shape[1]))
    padded = np.pad(frames, ((4, 4), (0, 0)), mode="edge")
    context = np.hstack([padded[i : i + len(track)] for i in range(9)])
    return context, track


def train():
    rng = np.random.default_rng(3)
    prototypes = rng.normal(size=(4, 6))
    data = []
    for _ in range(20):
        labels = rng.permutation(3) + 1
        data.append((utterance(rng, prototypes, labels)[0], labels))
    weights, bias = np.zeros((54, 4)), np.zeros(4)
    for _ in range(150):
        for x, labels in data:
            p = softmax(x @ weights + bias)
            occupancy, z = forward_backward(p, labels)
            posterior = np.zeros_like(p)
            for s, k in enumerate(z):
                posterior[:, k] += occupancy[:, s]
            weights += 0.01 * x.T @ (posterior - p)
            bias += 0.01 * (posterior - p).sum(0)
    test, track = utterance(rng, prototypes, np.array([1, 2, 3]))
    return softmax(test @ weights + bias), track


def main():
    fig, (left, right) = figure(80, 50, columns=2, width_ratios=[1, 1.15])
    occupancy, _ = forward_backward(np.full((6, 3), 1 / 3), [1, 2])
    occupancy = np.round(occupancy, 4)
    rows, names = occupancy.shape[1], ["–", "A", "–", "B", "–"]
    for t in range(6):
        for s in range(rows):
            for step in (0, 1, 2) if s % 2 else (0, 1):
                inside = t < 5 and s + step < rows
                if inside and occupancy[t, s] > 0 and occupancy[t + 1, s + step] > 0:
                    left.plot([t, t + 1], [s, s + step], color=GREY, lw=0.5, ls="-", zorder=1)
            if occupancy[t, s] > 0:
                size = 6 + 110 * occupancy[t, s]
                face = BLUE if s % 2 else "white"
                left.scatter(t, s, s=size, fc=face, ec=INK, lw=0.6, zorder=2)
    left.set_yticks(range(rows), names)
    left.set_xticks(range(6), range(1, 7))
    left.set_xlabel("frame")
    left.set_xlim(-0.6, 5.6)
    left.set_ylim(4.6, -0.6)
    left.set_title("Paths that read AB", loc="left")

    p, track = train()
    p = np.round(p, 3)
    frames = np.arange(1, len(p) + 1)
    for k, (color, dash) in enumerate(((GREY, ":"), (BLUE, "-"), (RED, "--"), (INK, "-."))):
        right.plot(frames, p[:, k], color=color, ls=dash, lw=1.1)
        if k:
            middle = frames[track == k].mean()
            right.text(middle, -0.09, "ABC"[k - 1], color=color, ha="center", va="center")
            for edge in (frames[track == k].min() - 0.5, frames[track == k].max() + 0.5):
                right.plot([edge, edge], [-0.14, -0.03], color=GREY, lw=0.6, ls="-")
    right.text(14.5, 0.92, "blank", color="#6a6a6a", ha="center", va="center")
    right.set_xticks([1, 10, 20, 30])
    right.set_ylim(-0.16, 1.04)
    right.set_yticks([0, 0.5, 1])
    right.set_xlabel("frame")
    right.set_ylabel("probability")
    right.set_title("After CTC training", loc="left")
    save(fig, __file__)


if __name__ == "__main__":
    main()
