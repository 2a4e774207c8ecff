"""Speed and error of products by number format, and gradients lost in FP16, as measured."""

import json
from pathlib import Path

from house import BLUE, GREY, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
CARDS = {
    "H100": ("rates.nvidia-h100-80gb-hbm3", "o", BLUE),
    "H200": ("rates.nvidia-h200", "s", RED),
}
PLACES = {  # where a format's name stands beside its point: shift as a factor, alignment
    "FP32": (1.0, 0.45, "center"),
    "TF32": (0.86, 1.0, "right"),
    "FP16": (1.15, 0.62, "left"),
    "BF16": (0.8, 1.0, "right"),
    "FP8 E4M3, one scale": (0.78, 1.0, "right"),
}


def rows(name, what):
    text = (RESULTS / f"{name}.json").read_text(encoding="utf-8")
    return [row for row in json.loads(text)["rows"] if row["what"] == what]


def formats(ax):
    for card, (name, mark, colour) in CARDS.items():
        found = {row["format"]: row for row in rows(name, "product")}
        chosen = [found[key] for key in PLACES]
        speed, error = [r["TFLOP_s"] for r in chosen], [r["relative_error"] for r in chosen]
        hollow = {"mfc": "none"} if card == "H200" else {}
        ax.loglog(speed, error, mark, color=colour, ms=4, label=card, **hollow)
        if card == "H100":
            for key, x, y in zip(PLACES, speed, error, strict=True):
                dx, dy, where = PLACES[key]
                ax.text(
                    x * dx,
                    y * dy,
                    key.split(",")[0].split()[0],
                    ha=where,
                    va="center",
                    fontsize=6.3,
                )
    ax.set(xlim=(30, 2500), ylim=(3e-7, 0.2))
    ax.set(xlabel="product speed (TFLOP/s)", ylabel="relative error")
    ax.legend(loc="upper left", fontsize=6.3, handletextpad=0.1)


def gradients(ax):
    found = rows("training.nvidia-h100-80gb-hbm3", "FP16 gradients")
    kept = [row for row in found if row["lost_share"] > 0]
    power = [row["scale_power_of_two"] for row in kept]
    ax.semilogy(
        power, [100 * row["lost_share"] for row in kept], color=INK, ls="-", marker="o", ms=2.5
    )
    first = min(row["scale_power_of_two"] for row in found if row["infinite"])
    ax.axvline(first, color=RED, ls="--", lw=0.9)
    ax.axvline(16, color=GREY, ls=":", lw=0.9)
    label_line(ax, first - 0.6, 0.05, "some\ninfinite", RED, fontsize=6, ha="right")
    label_line(ax, 15.4, 5e-6, "usual start", GREY, fontsize=6, ha="right")
    ax.set(xlim=(-1, 26), ylim=(3e-6, 1), xticks=[0, 8, 16, 24])
    ax.set_xticklabels(["1", "$2^8$", "$2^{16}$", "$2^{24}$"])
    ax.set(xlabel="loss scale", ylabel="gradients lost (%)")


def main():
    fig, (left, right) = figure(80, 46, columns=2, width_ratios=(1.25, 1))
    formats(left)
    gradients(right)
    save(fig, __file__)


if __name__ == "__main__":
    main()
