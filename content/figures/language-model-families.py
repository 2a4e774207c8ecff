"""What each output depends on, and where the loss is, in three model families."""

import numpy as np

from house import GREY, INK, RED, figure, save

WIDTH, LAYERS, HEADS = 24, 2, 3


def norm(x):
    x = x - x.mean(axis=-1, keepdims=True)
    return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-5)


def attend(weights, x, source, allowed):
    query, key, value, out = weights
    mixed = np.zeros_like(x)
    for head in np.split(np.arange(WIDTH), HEADS):
        scores = (x @ query[:, head]) @ (source @ key[:, head]).T / np.sqrt(WIDTH / HEADS)
        e = np.exp(np.where(allowed, scores, -np.inf))
        mixed[:, head] = e / e.sum(axis=1, keepdims=True) @ (source @ value[:, head])
    return mixed @ out


def influence(inputs, targets, causal, rng):
    """How strongly each output reacts to each input: of the encoder, then of the decoder."""
    new = lambda: rng.normal(0, WIDTH**-0.5, (LAYERS, 4, WIDTH, WIDTH))  # noqa: E731
    encoder, own, cross = new(), new(), new()
    start = rng.normal(size=(inputs + targets, WIDTH))

    def run(x):
        h, y = x[:inputs], x[inputs:]
        see = np.tri(inputs, dtype=bool) if causal else np.ones((inputs, inputs), bool)
        for w in encoder:
            h = h + attend(w, norm(h), norm(h), see)
        if not targets:
            return h
        past = np.tri(targets, dtype=bool)
        for w, v in zip(own, cross, strict=True):
            y = y + attend(w, norm(y), norm(y), past)
            y = y + attend(v, norm(y), norm(h), np.ones((targets, inputs), bool))
        return y

    base, columns = run(start), []
    for j in range(len(start)):
        change = 0.0
        for _ in range(6):
            moved = start.copy()
            moved[j] += 0.01 * rng.normal(size=WIDTH)
            change = change + np.linalg.norm(run(moved) - base, axis=1)
        columns.append(change)
    table = np.array(columns).T
    return np.round(table / table.max(axis=1, keepdims=True), 2)


def draw(ax, table, below, right, loss, title, split=0):
    rows, columns = table.shape
    for i in range(rows):
        for j in range(columns):
            if table[i, j] > 0:
                grey = str(round(0.9 - 0.6 * float(table[i, j]), 2))
                ax.add_patch(ax_square(j, i, facecolor=grey, edgecolor="white", linewidth=0.4))
            else:
                ax.add_patch(ax_square(j, i, facecolor="white", edgecolor="0.85", linewidth=0.4))
        ink = RED if loss[i] else GREY
        ax.text(columns + 0.25, i + 0.5, right[i], color=ink, va="center", fontsize=6.2)
    for j, word in enumerate(below):
        ax.text(j + 0.5, rows + 0.25, word, rotation=90, ha="center", va="top", fontsize=6.2)
    if split:
        ax.plot([split, split], [0, rows], color=INK, linewidth=1, linestyle="-")
    ax.set_title(title, fontsize=6.8, loc="left", pad=3)
    ax.set(xlim=(0, columns + 3.4), ylim=(rows + 3.2, 0), aspect="equal")
    ax.set_anchor("N")
    ax.axis("off")


def ax_square(j, i, **style):
    from matplotlib.patches import Rectangle

    return Rectangle((j, i), 1, 1, **style)


def main():
    rng = np.random.default_rng(5)
    fig, axes = figure(80, 30, columns=3, width_ratios=[9.4, 9.4, 13.4])
    words = ["the", "cat", "sat", "on", "the", "mat"]
    masked = ["the", "[M]", "sat", "on", "the", "[M]"]
    hidden = [w == "[M]" for w in masked]
    draw(
        axes[0],
        influence(6, 0, False, rng),
        masked,
        [w if h else "–" for w, h in zip(words, hidden, strict=True)],
        hidden,
        "encoder only",
    )
    draw(axes[1], influence(6, 0, True, rng), words, [*words[1:], "."], [True] * 6, "decoder only")
    draw(
        axes[2],
        influence(5, 5, False, rng),
        ["the", "[X]", "on", "the", "[Y]", "[S]", "[X]", "cat", "sat", "[Y]"],
        ["[X]", "cat", "sat", "[Y]", "mat"],
        [True] * 5,
        "encoder-decoder",
        split=5,
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
