"""Flash cards: fronts on one page, backs behind them on the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dlexport.cards import filled_in, with_blanks
from dlexport.exporters import Artifact
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import Printer
from dlexport.model import Card, Deck, Question, Text

MARGIN = 10.0  # mm around the cards
PADDING = 4.5  # mm inside a card
_LABEL = 5.0  # mm for the small print of a card
_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
_PX = 96 / 25.4  # CSS pixels in a millimetre
_EM = 4.2  # mm, the size of a card's letters
_PAGES_AT_ONCE = 16  # laid out by one process; even, so that no back is without its front
_MEASURED_AT_ONCE = 60  # cards


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card; `scale` is the size of its letters, from 0.6 to 1."""

    id: str
    text: Text
    question: Question
    deck: Deck
    label: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """How many cards a page holds, and how large each is, in millimetres."""

    columns: int
    rows: int
    width: float
    height: float


# The sides of all cards, each front before its back, and the ids of those that do not fit.
Fitted = tuple[list[Side], list[str]]
_FOLD = "none"


def make(printer: Printer) -> list[Artifact]:
    """`flashcards.pdf` for printing on both sides, and `flashcards-fold.pdf` for one.

    Neither, where there are no cards.
    """
    options = printer.context.flash_cards
    cards = list(_cards(printer))
    if not cards:
        return []
    sides = [side for pair in cards for side in pair]
    grid = _grid(printer, options.columns, options.rows)
    fitted = _fitted(printer, sides, grid)
    half = _grid(printer, 2, options.rows)
    folded = fitted if half == grid else _fitted(printer, sides, half)
    return [
        _artifact(printer, "flashcards", fitted, grid, options.flip),
        _artifact(printer, "flashcards-fold", folded, half, _FOLD),
    ]


def _grid(printer: Printer, columns: int, rows: int) -> Grid:
    width, height = (size - 2 * MARGIN for size in (printer.paper.width, printer.paper.height))
    return Grid(columns, rows, width / columns, height / rows)


def _cards(printer: Printer) -> Iterator[tuple[Side, Side]]:
    for deck in printer.collection.decks:
        for question in deck.questions:
            for card in question.cards:
                key = f"{question.id}/{card.id}"
                yield (
                    Side(f"front/{key}", _front(card), question, deck, key),
                    Side(f"back/{key}", filled_in(card.back), question, deck, key),
                )


def _front(card: Card) -> Text:
    return card.front or with_blanks(card.back)


def _artifact(printer: Printer, name: str, fitted: Fitted, grid: Grid, flip: str) -> Artifact:
    sides, too_long = fitted
    pairs = list(zip(sides[::2], sides[1::2], strict=True))
    pages = _folded(pairs, grid) if flip == _FOLD else _duplex(pairs, grid, flip)
    writer = printer.writer((), _em_width(grid))
    sources = (
        writer.source(
            "flashcards", pages=some, first=start, grid=grid, folded=flip == _FOLD,
            shift=printer.context.flash_cards.shift, margin=MARGIN, padding=PADDING, em=_EM,
        )
        for start, some in _chunks(pages, _PAGES_AT_ONCE)
    )  # fmt: skip
    parts = [Part(layout) for layout in printer.lay_out(sources, name)]
    warnings = [f"{side}: the text is too long for the card, and is cut off" for side in too_long]
    return printer.artifact(name, parts, [*warnings, *writer.warnings], title="Flash cards")


def _em_width(grid: Grid) -> float:
    return (grid.width - 2 * PADDING) / _EM


def _fitted(printer: Printer, sides: Sequence[Side], grid: Grid) -> Fitted:
    """The sides with the largest letters that fit; those that do not fit with the smallest."""
    room = (grid.height - 2 * PADDING - _LABEL) * _PX
    fitted: dict[str, Side] = {}
    left = list(sides)
    for scale in _SCALES:
        tried = [replace(side, scale=scale) for side in left]
        writer = printer.writer((), _em_width(grid) / scale)
        sources = (
            replace(
                writer.source("flashcards-measure", sides=some, grid=grid, padding=PADDING, em=_EM),
                measured="card-text",
            )
            for _, some in _chunks(tried, _MEASURED_AT_ONCE)
        )
        layouts = printer.lay_out(sources, "flashcards")
        heights = {id: height for layout in layouts for id, height in layout.heights.items()}
        fitted |= {side.id: side for side in tried if heights[side.id] <= room}
        left = [side for side in tried if side.id not in fitted]
        if not left:
            break
    smallest = {side.id: side for side in left}
    return [(fitted | smallest)[side.id] for side in sides], list(smallest)


Page = list[list[Side | None]]
_T = TypeVar("_T")


def _chunks(items: Sequence[_T], size: int) -> Iterator[tuple[int, Sequence[_T]]]:
    """Runs of at most `size` items, each with the place where it begins."""
    for start in range(0, len(items), size):
        yield start, items[start : start + size]


def _duplex(pairs: Sequence[tuple[Side, Side]], grid: Grid, flip: str) -> list[Page]:
    """Pages of fronts, each followed by its backs in the mirrored places.

    Turned over the long edge of an upright sheet, left and right change
    places; over the short edge, top and bottom.
    """
    pages: list[Page] = []
    size = grid.columns * grid.rows
    for start in range(0, len(pairs), size):
        some: list[tuple[Side | None, Side | None]] = list(pairs[start : start + size])
        some += [(None, None)] * (size - len(some))
        fronts, backs = (_rows([pair[i] for pair in some], grid.columns) for i in (0, 1))
        pages += [fronts, [row[::-1] for row in backs] if flip == "long" else backs[::-1]]
    return pages


def _folded(pairs: Sequence[tuple[Side, Side]], grid: Grid) -> list[Page]:
    """Pages with the front on the left of the fold and the back on its right."""
    rows: Page = [list(pair) for pair in pairs]
    return [rows[i : i + grid.rows] for i in range(0, len(rows), grid.rows)]


def _rows(sides: Sequence[Side | None], columns: int) -> Page:
    return [list(sides[i : i + columns]) for i in range(0, len(sides), columns)]
