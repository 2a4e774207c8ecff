"""Two conversations packed into one sequence: who sees whom, and which tokens have a loss."""

import numpy as np
from matplotlib.patches import Rectangle

from house import BLUE, INK, RED, figure, save

CHATS = [
    [("user", "capital of France ?"), ("assistant", "It is Paris .")],
    [("user", "2 + 2 ?"), ("assistant", "4 .")],
]


def render(chat):
    """Tokens of a conversation and which of them are trained on."""
    tokens, trained = [], []
    for role, content in chat:
        words = content.split()
        tokens += [f"<{role}>", *words, "<end>"]
        trained += [False] + [role == "assistant"] * (len(words) + 1)
    return tokens, trained


def main():
    tokens, trained, owner, place = [], [], [], []
    for number, chat in enumerate(CHATS):
        words, mask = render(chat)
        tokens += words
        trained += mask
        owner += [number] * len(words)
        place += range(len(words))
    index = np.arange(len(tokens))
    owner = np.array(owner)
    sees = (index[:, None] >= index) & (owner[:, None] == owner)

    fig, ax = figure(80, 60)
    rows = np.where(np.array(trained)[:, None], 2, 1) * sees
    for row, column in zip(*np.nonzero(rows), strict=True):
        colour = RED if trained[row] else BLUE
        alpha = 1.0 if trained[row] else 0.45
        ax.add_patch(
            Rectangle((column - 0.45, row - 0.45), 0.9, 0.9, color=colour, alpha=alpha, lw=0)
        )
    ax.set(xlim=(-0.7, len(tokens) - 0.3), ylim=(len(tokens) - 0.3, -0.7))
    ax.set_yticks(index, tokens, fontsize=5.2)
    ax.set_xticks(index, place, fontsize=5.2)
    ax.set_xlabel("position within its conversation", fontsize=6.5)
    for label, own in zip(ax.get_yticklabels(), trained, strict=True):
        label.set_color(RED if own else INK)
    ax.tick_params(length=0)
    ax.text(9.0, 2.0, "each row: the tokens it sees", fontsize=6.3)
    ax.text(9.0, 4.0, "dark red: a loss for this token", fontsize=6.3, color=RED)
    save(fig, __file__)


if __name__ == "__main__":
    main()
