"""Two people close together under two NMS limits, and the trade-off in a crowd."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from matplotlib.patches import Rectangle

from house import BLUE, GREY, RED, figure, label_line, save


def iou(a, b):
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.clip(high - low, 0, None).prod(2)
    area = [(c[:, 2:] - c[:, :2]).prod(1) for c in (a, b)]
    return inter / (area[0][:, None] + area[1][None] - inter)


def nms(boxes, scores, limit):
    order, keep = np.argsort(-scores, kind="stable"), []
    while len(order):
        i, rest = order[0], order[1:]
        keep.append(i)
        order = rest[iou(boxes[[i]], boxes[rest])[0] <= limit]
    return np.array(keep)


def scene(rng):
    """A street with 12 people, 6 raw detections of each."""
    corner = np.stack([rng.uniform(0, 400, 12), rng.uniform(0, 40, 12)], 1)
    size = np.stack([rng.normal(40, 3, 12), rng.normal(100, 6, 12)], 1)
    truth = np.hstack([corner, corner + size])
    noise = rng.normal(0, 1, (6, 12, 4)) * [3, 7, 3, 7]
    return truth, (truth + noise).reshape(-1, 4), rng.uniform(0.5, 1, 72)


def counts(truth, boxes, scores, limit):
    """Missed people and surplus boxes per person, matched at IoU 0.5."""
    keep = nms(boxes, scores, limit)
    free, surplus = np.ones(len(truth), bool), 0
    for i in keep:
        overlap = iou(boxes[[i]], truth)[0] * free
        j = overlap.argmax()
        if overlap[j] >= 0.5:
            free[j] = False
        else:
            surplus += 1
    return free.mean(), surplus / len(truth)


def main():
    rng = np.random.default_rng(0)
    scenes = [scene(rng) for _ in range(120)]
    limits = np.linspace(0.2, 0.9, 15)
    curves = np.array([[counts(*s, q) for s in scenes] for q in limits]).mean(1)
    curves = np.round(100 * curves, 1)

    fig, (left, right) = figure(80, 48, columns=2, width_ratios=[1, 1.2])
    truth = np.array([[1, 0, 41, 100], [11, 0, 51, 100]])
    for x0, y0, kept, text in ((0, 135, (1, 1), "limit 0.7"), (0, 0, (1, 0), "limit 0.5")):
        for b, k, colour in zip(truth, kept, (BLUE, RED), strict=True):
            left.add_patch(
                Rectangle(
                    (b[0] + x0, b[1] + y0),
                    40,
                    100,
                    fill=False,
                    ec=colour if k else GREY,
                    lw=1.4 if k else 0.8,
                    ls="-" if k else ":",
                )
            )
        left.text(56, y0 + 82, text, va="center")
        left.text(56, y0 + 50, "both kept" if kept[1] else "one lost", va="center")
    left.set(xlim=(-3, 118), ylim=(-4, 240))
    left.axis("off")
    left.set_title("two people, IoU 0.6", loc="left")

    right.plot(limits, curves[:, 0], color=BLUE, ls="-")
    right.plot(limits, curves[:, 1], color=RED, ls="--")
    right.set(xlim=(0.2, 0.9), ylim=(0, 60), xlabel="NMS limit (IoU)", ylabel="per 100 people")
    label_line(right, 0.34, 40, "people\nmissed", BLUE, va="center")
    label_line(right, 0.68, 50, "surplus\nboxes", RED, ha="left", va="center")
    right.set_title("in a crowd", loc="left")
    save(fig, __file__)
    print(np.c_[limits, curves])


if __name__ == "__main__":
    main()
