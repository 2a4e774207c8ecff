"""Tail latency of a model server against load, for three batching rules."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

FIXED, EACH = 8.0, 1.0  # milliseconds: a call with b examples takes 8 + b


def latencies(rate, limit, wait=0.0, n=60_000):
    """Milliseconds from arrival to answer; `rate` in requests a second."""
    rng = np.random.default_rng(0)
    t = np.cumsum(rng.exponential(1000 / rate, n))
    out, free, i = np.zeros(n), 0.0, 0
    while i < n:
        full = t[i + limit - 1] if i + limit <= n else np.inf
        start = max(free, min(t[i] + wait, full))
        j = min(int(np.searchsorted(t, start, "right")), i + limit)
        free = start + FIXED + EACH * (j - i)
        out[i:j] = free - t[i:j]
        i = j
    return out


def main():
    rules = (
        (1, 0.0, RED, "--", np.r_[10:100:10, 100, 104, 106, 108]),
        (16, 0.0, BLUE, "-", np.r_[10, 25:600:25, 610, 625, 635, 640]),
        (16, 20.0, INK, "-.", np.r_[10, 25:600:25, 610, 625, 635, 640]),
    )
    fig, ax = figure(80, 50)
    for limit, wait, colour, dash, rates in rules:
        tail = [np.percentile(latencies(r, limit, wait), 99) for r in rates]
        ax.plot(rates, np.round(tail, 1), color=colour, ls=dash)
    ax.axhline(100, color=GREY, lw=0.8, ls=":")
    ax.set(xlim=(0, 680), ylim=(0, 160), yticks=[0, 50, 100, 150])
    ax.set_xlabel("load (requests a second)")
    ax.set_ylabel("99th percentile latency (ms)")
    label_line(ax, 112, 138, "one by one", RED, ha="left")
    label_line(ax, 330, 20, "up to 16, no waiting", BLUE, ha="left")
    label_line(ax, 315, 58, "up to 16, waiting up to 20 ms", INK, ha="center")
    label_line(ax, 250, 103, "budget", INK, ha="left")
    save(fig, __file__)


if __name__ == "__main__":
    main()
