"""The same bowl along the axes and along random axes, for four optimisers."""

import numpy as np

from house import BLUE, GOLD, INK, RED, figure, label_line, save

STEPS, GOAL = 110, 1e-3
RATES = 2.0 ** np.arange(-12, 2)


def problem(turned):
    """Twenty curvatures from 1 to 1000, and a start; the same when turned."""
    rng = np.random.default_rng(0)
    bowl, start = np.diag(np.geomspace(1, 1000, 20)), rng.normal(size=20)
    if not turned:
        return bowl, start
    turn = np.linalg.qr(rng.normal(size=(20, 20)))[0]
    return turn @ bowl @ turn.T, turn @ start


def losses(name, rate, bowl, start):
    """Losses as shares of the first, until the goal, a blow-up or the end."""
    w, m, v = start.copy(), np.zeros(20), np.zeros(20)
    found = [1.0]
    for t in range(1, STEPS + 1):
        g = bowl @ w
        if name == "momentum":
            m = 0.9 * m + g
            w = w - rate * m
        elif name == "AdaGrad":
            v = v + g * g
            w = w - rate * g / (np.sqrt(v) + 1e-8)
        elif name == "Adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            w = w - rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        else:
            w = w - rate * g
        found.append(w @ bowl @ w / (start @ bowl @ start))
        if found[-1] < GOAL:
            break
        if found[-1] > 1e6:
            return found + [np.inf] * STEPS
    return found


def best_run(name, bowl, start):
    runs = [losses(name, rate, bowl, start) for rate in RATES]
    return np.round(min(runs, key=lambda run: (len(run), run[-1])), 5)


def main():
    fig, axes = figure(80, 46, columns=2, sharey=True)
    styles = {
        "plain": (INK, ":", 1.3),
        "momentum": (RED, "--", 1.1),
        "AdaGrad": (GOLD, "-.", 1.3),
        "Adam": (BLUE, "-", 1.3),
    }
    for ax, turned in zip(axes, (False, True), strict=True):
        bowl, start = problem(turned)
        for name, (color, dash, width) in styles.items():
            run = best_run(name, bowl, start)
            ax.semilogy(run, color=color, ls=dash, lw=width)
        ax.set(xlabel="step", xlim=(0, STEPS), ylim=(GOAL, 4), xticks=[0, 50, 100])
    left, right = axes
    left.set_ylabel("loss / first loss")
    left.set_title("along the axes")
    right.set_title("turned at random")
    label_line(left, 6, 0.0042, "Ada-\nGrad", "#8a6800", fontsize=6.5)
    label_line(left, 27, 0.12, "momentum", RED, fontsize=6.5)
    label_line(left, 32, 0.0014, "Adam", BLUE, fontsize=6.5, ha="center")
    label_line(left, 66, 0.005, "plain", INK, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
