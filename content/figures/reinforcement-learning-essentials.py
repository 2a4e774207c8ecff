"""Optimal values and actions of a small grid world, and PPO's clipped objective."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, plt, save

ROWS, COLUMNS, GAMMA = 4, 5, 0.9
GOAL, PIT, WALL = (0, 4), (1, 4), ((1, 1), (2, 1), (2, 3))
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))


def step(cell, move):
    target = (cell[0] + move[0], cell[1] + move[1])
    inside = 0 <= target[0] < ROWS and 0 <= target[1] < COLUMNS
    return target if inside and target not in WALL else cell


def value_iteration():
    """V* and Q* with 0.1 probability to slip to either side of a move."""
    values = np.zeros((ROWS, COLUMNS))
    q = np.zeros((ROWS, COLUMNS, 4))
    for _ in range(300):
        for cell in np.ndindex(ROWS, COLUMNS):
            if cell in (GOAL, PIT) or cell in WALL:
                continue
            for a in range(4):
                total = 0
                for turn, share in ((0, 0.8), (1, 0.1), (3, 0.1)):
                    target = step(cell, MOVES[(a + turn) % 4])
                    reward = 1.0 if target == GOAL else -1.0 if target == PIT else 0.0
                    total += share * (reward + GAMMA * values[target])
                q[cell][a] = total
        values = q.max(2)
    return np.round(values, 3), np.round(q, 3)


def main():
    fig, (left, right) = figure(80, 50, columns=2, width_ratios=[1.1, 1])
    values, q = value_iteration()
    for cell in np.ndindex(ROWS, COLUMNS):
        y, x = cell
        face = "white"
        if cell in WALL:
            face = "#4a4a4a"
        elif cell not in (GOAL, PIT):
            face = str(round(1 - 0.5 * float(values[cell]), 3))
        left.add_patch(plt.Rectangle((x, y), 1, 1, fc=face, ec=INK, lw=0.6))
        if cell == GOAL:
            left.text(x + 0.5, y + 0.5, "+1", ha="center", va="center", color=BLUE, weight="bold")
        elif cell == PIT:
            left.text(x + 0.5, y + 0.5, "–1", ha="center", va="center", color=RED, weight="bold")
        elif cell not in WALL:
            dy, dx = MOVES[int(q[cell].argmax())]
            left.text(
                x + 0.5, y + 0.27, f"{values[cell]:.2f}", ha="center", va="center", fontsize=6
            )
            left.annotate(
                "",
                (x + 0.5 + 0.24 * dx, y + 0.68 + 0.2 * dy),
                (x + 0.5 - 0.24 * dx, y + 0.68 - 0.2 * dy),
                arrowprops={
                    "arrowstyle": "-|>",
                    "lw": 0.8,
                    "color": INK,
                    "mutation_scale": 6,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
    left.set(xlim=(-0.03, COLUMNS + 0.03), ylim=(ROWS + 0.03, -0.03), aspect="equal")
    left.axis("off")
    left.set_title("Optimal values and actions", loc="left")

    ratio = np.linspace(0.4, 1.6, 61)
    for advantage, color, dash in ((1, BLUE, "-"), (-1, RED, "--")):
        clipped = np.minimum(ratio * advantage, np.clip(ratio, 0.8, 1.2) * advantage)
        right.plot(ratio, np.round(clipped, 4), color=color, ls=dash)
    for edge in (0.8, 1.2):
        right.axvline(edge, color=GREY, lw=0.6, ls=":")
    right.plot([1, 1], [1, -1], "o", color=INK, ms=2.5)
    label_line(right, 0.42, 1.25, "$A = 1$", BLUE)
    label_line(right, 0.42, -0.6, "$A = -1$", RED)
    right.set_xticks([0.4, 0.8, 1.2, 1.6])
    right.set_ylim(-1.7, 1.6)
    right.set_xlabel("probability ratio")
    right.set_ylabel("objective")
    right.set_title("PPO, ε = 0.2", loc="left")
    save(fig, __file__)


if __name__ == "__main__":
    main()
