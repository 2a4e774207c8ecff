"""Roofline of an NVIDIA H100 SXM in BF16, and where usual operations lie."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, save

PEAK, VECTOR, BANDWIDTH = 989e12, 67e12, 3.35e12  # FLOP/s, FLOP/s, byte/s


def intensity(m, k, n, size=2):
    """FLOPs a byte of an (m x k)(k x n) product, each matrix moved once."""
    return 2 * m * n * k / (size * (m * k + k * n + m * n))


def main():
    fig, ax = figure(80, 56)
    x = np.logspace(-1.3, 4, 200)
    ax.loglog(x, np.minimum(PEAK, BANDWIDTH * x) / 1e12, color=BLUE, ls="-")
    ridge = VECTOR / BANDWIDTH
    ax.loglog([ridge, 1e4], [VECTOR / 1e12] * 2, color=RED, ls="--")
    ax.axvline(PEAK / BANDWIDTH, 0, 0.885, color=GREY, lw=0.8, ls=":")
    ax.text(PEAK / BANDWIDTH * 1.15, 0.13, "ridge: 295\nFLOP per byte", fontsize=6.3, va="bottom")
    points = [
        ("add two vectors", 1 / 6, 1.6, 0.72, "left"),
        ("1 row (one token)", intensity(1, 4096, 4096), 1.6, 0.72, "left"),
        ("32 rows", intensity(32, 4096, 4096), 0.62, 1.5, "right"),
        ("4096 rows", intensity(4096, 4096, 4096), 1.0, 0.36, "center"),
    ]
    for name, i, dx, dy, where in points:
        y = min(PEAK, BANDWIDTH * i) / 1e12
        ax.plot([i], [y], "o", color=INK, ms=4, zorder=3)
        ax.text(i * dx, y * dy, name, fontsize=6.3, va="center", ha=where)
    ax.text(0.5, 30, "memory roof:\n3.35 TB/s", color=BLUE, fontsize=6.3, ha="center", va="center")
    ax.text(9e3, 1330, "tensor cores, 989 TFLOP/s", color=BLUE, fontsize=6.3, ha="right")
    ax.text(9e3, 28, "FP32 units,\n67 TFLOP/s", color=RED, fontsize=6.3, ha="right", va="center")
    ax.set(xlim=(0.05, 1e4), ylim=(0.1, 3000))
    ax.set_xlabel("arithmetic intensity (FLOP per byte of main memory)")
    ax.set_ylabel("attainable TFLOP/s")
    save(fig, __file__)


if __name__ == "__main__":
    main()
