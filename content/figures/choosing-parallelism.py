"""Bytes of training state per device, and tokens per device, as devices are added."""

import numpy as np

from house import BLUE, GREY, INK, RED, figure, label_line, save

PARAMETERS, MEMORY = 7e9, 80e9
RATE, LINK, BATCH = 400e12, 50e9, 16e6  # FLOP/s, bytes/s, tokens per step


def main():
    fig, (left, right) = figure(80, 48, columns=2)
    devices = 2 ** np.arange(0, 8)
    for state, color, style in (
        (np.full(len(devices), 16.0), INK, "-."),
        (4 + 12 / devices, BLUE, "-"),
        (16 / devices, RED, "--"),
    ):
        left.loglog(devices, state * PARAMETERS / 1e9, color=color, ls=style)
    left.axhline(MEMORY / 1e9, color=GREY, lw=0.7, ls=":")
    label_line(left, 128, 132, "replicated", INK, ha="right", fontsize=6.2)
    label_line(left, 128, 18, "stage 1", BLUE, ha="right", fontsize=6.2)
    label_line(left, 8, 3.2, "stage 3\n(FSDP)", RED, ha="right", fontsize=6.2)
    left.set_title("Training state, 7 billion", fontsize=6.8)
    left.set(xlabel="devices", ylabel="GB per device", ylim=(0.7, 300))
    left.set_xticks([1, 8, 64], ["1", "8", "64"])
    left.set_yticks([1, 10, 100], ["1", "10", "100"])

    devices = np.array([128, 16384])
    need = RATE / LINK
    right.loglog(devices, BATCH / devices, color=BLUE, ls="-")
    right.axhline(need, color=RED, lw=1, ls="--")
    most = BATCH / need
    right.plot(most, need, "o", color=INK, ms=3)
    label_line(right, 150, need / 1.15, "needed to\nhide the\ntraffic", RED, fontsize=6.2, va="top")
    label_line(right, 800, 40000, "available", BLUE, fontsize=6.2)
    label_line(right, most * 1.25, need * 1.1, f"{most:,.0f} devices", INK, fontsize=6.2)
    right.set_title("Tokens per device and step", fontsize=6.8)
    right.set_xlabel("devices")
    right.set_xticks([256, 2048, 16384], ["256", "2,048", "16,384"])
    right.set_yticks([1e3, 1e4, 1e5], ["1,000", "10,000", "100,000"])
    for ax in (left, right):
        ax.minorticks_off()
    save(fig, __file__)


if __name__ == "__main__":
    main()
