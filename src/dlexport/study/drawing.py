"""A map of prerequisites as a drawing: questions below each other, arcs to what builds on them.

Whatever is required stands above, so that every arc leads down and none crosses a label.
The drawing is narrow enough for a telephone, has no letters but outlines, and its lines
are told apart by their shape alone: it can be printed in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from dlexport.study.lettering import Letters, width

_INK, _GREY = "#1b1b1b", "#595959"
_SIZE, _SMALL = 12.5, 10.0
_LINE, _SECOND_LINE = 26.0, 13.0  # the heights of a row and of what stands below its title
_EDGE = 8.0
_NUMBER = 31.0  # what numbers take
_LONGEST = 140.0  # how far the control points of an arc lie to the left


class Row(NamedTuple):
    """A question of the drawing: `inside` are indices of rows above, `outside` are names."""

    number: int
    title: str
    inside: Sequence[int]
    outside: Sequence[str]


class Drawn(NamedTuple):
    """An SVG and its size in CSS pixels."""

    svg: bytes
    width: float
    height: float


def draw(rows: Sequence[Row], title: str, colour: str) -> Drawn:
    """The drawing of rows from top to bottom, its arcs in a colour."""
    heights = [_LINE + (_SECOND_LINE if row.outside else 0) for row in rows]
    tops = [_EDGE + sum(heights[:i]) for i in range(len(rows))]
    middles = [top + _LINE / 2 for top in tops]
    left = _EDGE + 0.75 * max(
        (_reach(middles[i] - middles[j]) for i, row in enumerate(rows) for j in row.inside),
        default=0.0,
    )
    letters = Letters()
    labels = [
        _label(letters, row, left + 12, middle) for row, middle in zip(rows, middles, strict=True)
    ]
    right = max(label.right for label in labels) + _EDGE
    bottom = _EDGE + sum(heights) + _EDGE / 2
    arcs = [_arc(left, middles[j], middles[i]) for i, row in enumerate(rows) for j in row.inside]
    dots = [
        f'<rect x="{left - 3:.2f}" y="{middle - 3:g}" width="6" height="6"/>' for middle in middles
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{right:.2f}px" height="{bottom:g}px" '
        f'viewBox="0 0 {right:.2f} {bottom:g}"><title>{escape(title)}</title>{letters.definitions}'
        f'<rect x="0" y="0" width="{right:.2f}" height="{bottom:g}" fill="#ffffff"/>'
        f'<g fill="none" stroke="{colour}" stroke-width="1.2">{"".join(arcs)}</g>'
        f'<g fill="{colour}">{"".join(_heads(rows, left, middles))}</g>'
        f'<g fill="{_INK}">{"".join(dots)}{"".join(label.title for label in labels)}</g>'
        f'<g fill="{_GREY}">{"".join(label.below for label in labels)}</g></svg>'
    )
    return Drawn(svg.encode(), right, bottom)


class _Label(NamedTuple):
    title: str
    below: str
    right: float


def _label(letters: Letters, row: Row, x: float, middle: float) -> _Label:
    base = middle + 4.4
    start = x + _NUMBER
    # A title in letters that the face does not have is in the list beside the drawing alone.
    title = row.title if width(row.title, _SIZE) is not None else ""
    below = f"after {', '.join(row.outside)}" if row.outside else ""
    ends = (width(title, _SIZE) or 0.0, width(below, _SMALL) or 0.0)
    return _Label(
        letters.line(str(row.number), x, base, _SIZE, 600)
        + letters.line(title, start, base, _SIZE),
        letters.line(below, start, base + _SECOND_LINE, _SMALL),
        start + max(ends),
    )


def _reach(length: float) -> float:
    return min(14 + 0.42 * length, _LONGEST)


def _arc(x: float, top: float, bottom: float) -> str:
    """From a dot to the left, and back to the arrow before a dot below."""
    away, end = _reach(bottom - top), x - 8
    return (
        f'<path d="M{x:.2f} {top:g} C{x - away:.2f} {top:g} '
        f'{x - away:.2f} {bottom:g} {end:.2f} {bottom:g}"/>'
    )


def _heads(rows: Sequence[Row], x: float, middles: Sequence[float]) -> list[str]:
    return [
        f'<path d="M{x - 9:.2f} {y - 3:g} L{x - 3:.2f} {y:g} L{x - 9:.2f} {y + 3:g} Z"/>'
        for row, y in zip(rows, middles, strict=True)
        if row.inside
    ]
