"""The one style of the collection's figures.

Every figure is drawn by a script of its own beside this module from a real
computation, and saved as SVG: the same bytes each time on one processor, the same
picture on all, legible in grey and at a width of 80 mm, on a white ground so that
it can be read by night too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

MM = 1 / 25.4  # inches
INK = "#1b1b1b"
BLUE, RED, GOLD, GREY = "#0b5394", "#c2410c", "#d9a400", "#8a8a8a"

plt.rcParams.update(
    {
        "svg.fonttype": "path",  # the same glyphs on every machine
        "svg.hashsalt": "dlexport",
        "font.family": "DejaVu Sans",  # comes with matplotlib
        "font.size": 7,
        "axes.titlesize": 7.5,
        "axes.labelsize": 7,
        "xtick.labelsize": 6.5,
        "ytick.labelsize": 6.5,
        "legend.fontsize": 6.5,
        "legend.frameon": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.linewidth": 0.6,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "lines.linewidth": 1.3,
        "figure.constrained_layout.use": True,
        "path.simplify": True,
        # Each line has a colour and a dash of its own: grey print keeps them apart.
        "axes.prop_cycle": matplotlib.cycler(
            color=[BLUE, RED, INK, GOLD, GREY],
            linestyle=["-", "--", "-.", ":", (0, (4, 1, 1, 1, 1, 1))],
        ),
    }
)


def figure(
    width: float = 80, height: float = 52, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Any, Any]:
    """A figure of `width` by `height` millimetres and its axes.

    `options` go to `matplotlib.pyplot.subplots`.
    """
    return plt.subplots(rows, columns, figsize=(width * MM, height * MM), **options)


def label_line(ax: Any, x: float, y: float, text: str, color: str = INK, **options: Any) -> None:
    """Write `text` beside a line, in the line's colour, instead of a legend."""
    ax.text(x, y, text, color=color, **options)


def save(fig: Any, script: str, suffix: str = "") -> Path:
    """Write the figure beside its script, as `<script's name><suffix>.svg`.

    Title, date and version of the drawing program are left out, and ids are
    numbered, so that the bytes depend on the drawing alone.
    """
    buffer = StringIO()
    fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(fig)
    text = buffer.getvalue()
    text = re.sub(r"<!DOCTYPE.*?>\n", "", text, flags=re.S)
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    text = numbered(text)
    target = Path(script).with_name(Path(script).stem + suffix + ".svg")
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def numbered(svg: str) -> str:
    """The drawing with its ids numbered in their order: clips, marks, hatches, collections.

    matplotlib makes them of a hash over coordinates. The last bit of a coordinate differs
    from one processor to the next, and with it the whole id.
    """
    numbers: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        before, kind, hashed = found.groups()
        return before + numbers.setdefault(kind + hashed, f"{kind}{len(numbers) + 1}")

    return re.sub(r'((?:\bid="|#))([A-Za-z]+[\d_]*?)([0-9a-f]{10})(?=["\)])', name, svg)


def shades(count: int) -> Sequence[str]:
    """`count` greys from light to dark, for ordered series."""
    return [str(round(0.75 - 0.7 * i / max(count - 1, 1), 3)) for i in range(count)]
