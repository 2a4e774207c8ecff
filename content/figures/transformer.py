"""A decoder-only Transformer end to end, and what each kind of attention may see."""

import numpy as np

from house import BLUE, GREY, INK, MM, plt, save

BOX = {"boxstyle": "round,pad=0.35", "fc": "white", "ec": INK, "lw": 0.8}


def attention_weights(queries, keys, causal):
    """Softmax weights of one head with random queries and keys of width 8."""
    rng = np.random.default_rng(4)
    scores = rng.normal(size=(queries, 8)) @ rng.normal(size=(keys, 8)).T / np.sqrt(8)
    if causal:
        scores = np.where(np.tri(queries, keys) > 0, scores, -np.inf)
    weights = np.exp(scores - scores.max(1, keepdims=True))
    return np.round(weights / weights.sum(1, keepdims=True), 3)


def grid(ax, x, y, weights, title, note):
    size = 2.9
    rows, columns = weights.shape
    for i in range(rows):
        for j in range(columns):
            share = weights[i, j]
            shade = str(round(0.88 - 0.75 * share, 3)) if share > 0 else "white"
            corner = (x + j * size, y + (rows - 1 - i) * size)
            ax.add_patch(plt.Rectangle(corner, size, size, lw=0.5, ec=GREY, fc=shade))
    ax.text(x, y + rows * size + 0.9, title, fontsize=6.5)
    for k, line in enumerate(note):
        ax.text(x + columns * size + 1.6, y + rows * size - 3.2 - 3.4 * k, line, fontsize=6.2)


def main():
    fig, ax = plt.subplots(figsize=(80 * MM, 60 * MM))
    ax.set(xlim=(0, 80), ylim=(0, 60), aspect="equal")
    ax.axis("off")
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    stream = 6.5
    ax.add_patch(plt.Rectangle((1.2, 13.2), 38.5, 29.8, fc="none", ec=GREY, lw=0.8, ls=(0, (4, 2))))
    ax.text(38.8, 39.6, "block, $L$ times", ha="right", fontsize=6.5)
    ax.plot([stream, stream], [9, 48], color=BLUE, lw=1.8, ls="-", zorder=1)
    ax.annotate("", (stream, 49.5), (stream, 46), arrowprops=arrow | {"color": BLUE, "lw": 1.8})
    for low, high, text in ((15, 25.5, "norm, attention"), (29, 37, "norm, MLP")):
        middle = (low + high) / 2
        ax.plot([stream, 23, 23], [low, low, middle - 2], color=INK, lw=0.9, ls="-", zorder=1)
        ax.text(23, middle, text, ha="center", va="center", fontsize=7, bbox=BOX, zorder=3)
        ax.plot([23, 23], [middle + 2, high], color=INK, lw=0.9, ls="-", zorder=1)
        ax.annotate("", (stream + 1.5, high), (23, high), arrowprops=arrow)
        ax.text(
            stream,
            high,
            "+",
            ha="center",
            va="center",
            fontsize=8,
            zorder=3,
            bbox={"boxstyle": "circle,pad=0.08", "fc": "white", "ec": INK, "lw": 0.8},
        )
    ax.text(2.6, 7, "embedding, position", va="center", fontsize=7, bbox=BOX, zorder=3)
    ax.annotate("", (stream, 5), (stream, 2.6), arrowprops=arrow)
    ax.text(stream + 1.5, 1.6, "tokens", va="center", fontsize=6.5)
    ax.text(2.6, 51.4, "norm, unembedding", va="center", fontsize=7, bbox=BOX, zorder=3)
    ax.annotate("", (stream, 57.8), (stream, 53.4), arrowprops=arrow)
    ax.text(stream + 1.5, 57, "scores of the next token", va="center", fontsize=6.5)

    grid(
        ax,
        48,
        42.6,
        attention_weights(4, 4, False),
        "encoder self-attention",
        ("every place", "sees every", "place"),
    )
    grid(
        ax,
        48,
        22.6,
        attention_weights(4, 4, True),
        "causal self-attention",
        ("a place sees", "itself and", "the past"),
    )
    grid(
        ax,
        48,
        2.6,
        attention_weights(4, 3, False),
        "cross-attention",
        ("target rows", "see every", "source column"),
    )
    save(fig, __file__)


if __name__ == "__main__":
    main()
