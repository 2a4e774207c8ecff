"""How far each RoPE pair turns within a window, as trained and when stretched."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

WIDTH, TRAINED, STRETCH, BASE = 64, 4096, 8, 1e4


def speeds(base=BASE):
    return base ** (-np.arange(0, WIDTH, 2) / WIDTH)


def turns(length, theta):
    return length * theta / (2 * np.pi)


def main():
    fig, ax = figure(80, 52)
    pair = np.arange(WIDTH // 2)
    trained = turns(TRAINED, speeds())
    raw = turns(STRETCH * TRAINED, speeds())
    larger = turns(STRETCH * TRAINED, speeds(BASE * STRETCH ** (WIDTH / (WIDTH - 2))))
    ax.axhspan(0.05, 1, color="0.92", lw=0)
    ax.plot(pair, trained, color=INK, ls="-", lw=2.2)
    ax.plot(pair, raw, color=RED, ls="--")
    ax.plot(pair, turns(STRETCH * TRAINED, speeds() / STRETCH), color=GREY, ls=":", lw=2.6)
    ax.plot(pair, larger, color=BLUE, ls="-.")
    ax.set(yscale="log", xlim=(0, 31), ylim=(0.05, 1.5e4))
    ax.set(xlabel="pair, from fast to slow", ylabel="turns in the window")
    label_line(ax, 12, 800, "32,768 tokens, raw", RED)
    label_line(ax, 0.6, 0.35, "never a whole turn", INK, fontsize=6.5)
    label_line(ax, 0.6, 1.7, "trained on 4,096\n(dotted: 32,768,\ninterpolated)", INK, fontsize=6.5)
    label_line(ax, 19.5, 30, "32,768,\nlarger base", BLUE, fontsize=6.5)
    save(fig, __file__)


if __name__ == "__main__":
    main()
