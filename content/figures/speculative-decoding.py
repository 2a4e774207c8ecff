"""Speed-up of speculative decoding over the tokens proposed, from measured verification times."""

import json
from pathlib import Path

from house import BLUE, GREY, INK, RED, figure, label_line, save

RESULTS = Path(__file__).resolve().parent.parent / "measurements" / "results"
DRAFT = 0.1  # time of one draft step, as a share of a step of the model
BATCHES = {1: (BLUE, "-", "o"), 16: (INK, "-.", "^"), 64: (RED, "--", "s")}


def verification(batch):
    """Time of a pass over k tokens, as a multiple of a pass over one."""
    path = RESULTS / "language-model.nvidia-h100-80gb-hbm3.json"
    found = [
        row
        for row in json.loads(path.read_text("utf-8"))["rows"]
        if row["what"] == "verify" and row["batch"] == batch
    ]
    return {row["proposed"]: row["ms"] / found[0]["ms"] for row in found}


def expected(rate, drafts):
    """Tokens per pass where each proposal is accepted with probability `rate`."""
    return (1 - rate ** (drafts + 1)) / (1 - rate)


def main():
    fig, axes = figure(80, 50, columns=2, sharey=True)
    for ax, rate in zip(axes, (0.8, 0.6), strict=True):
        for batch, (colour, dash, marker) in BATCHES.items():
            cost = verification(batch)
            drafts = [k - 1 for k in cost]
            gain = [expected(rate, d) / (cost[d + 1] + DRAFT * d) for d in drafts]
            ax.plot(drafts, gain, color=colour, ls=dash, marker=marker, ms=3)
        ax.axhline(1, color=GREY, lw=0.7, ls="-")
        ax.set(xlim=(0, 17.5), ylim=(0, 2.5), xticks=[0, 5, 10, 15])
        ax.set(title=f"acceptance {rate}", xlabel="tokens proposed")
    axes[0].set_ylabel("speed-up")
    label_line(axes[0], 8.3, 2.26, "batch 1", BLUE)
    label_line(axes[0], 15.5, 1.53, "16", INK, va="center")
    label_line(axes[0], 15.5, 1.0, "64", RED, va="bottom")
    save(fig, __file__)


if __name__ == "__main__":
    main()
