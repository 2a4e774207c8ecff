"""Flash cards: fronts on one page, backs behind them on the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dlexport.document import Text
from dlexport.exporters import Artifact
from dlexport.exporters.pdf.imposition import Cell, Imposition
from dlexport.exporters.pdf.join import Part
from dlexport.exporters.pdf.printing import Printer
from dlexport.model import Deck, Question
from dlexport.problems import Problem
from dlexport.reading.cards import back_of, front_of

MARGIN = 10.0  # mm around the cards
PADDING = 4.5  # mm inside a card
_LABEL = 5.0  # mm for the small print of a card
_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
_PX = 96 / 25.4  # CSS pixels in a millimetre
_EM = 4.2  # mm, the size of a card's letters
_PAIRS_AT_ONCE = 64  # cards laid out by one process
_MEASURED_AT_ONCE = 60  # sides


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


@dataclass(frozen=True, slots=True)
class Cells:
    """Sides, each front before its back, laid out on the pages, from 0, that go by their ids."""

    sides: Sequence[Side]
    parts: Sequence[Part]
    pages: Mapping[str, int]
    warnings: Sequence[Problem]


# The sides of all cards, each front before its back, and those that do not fit.
Fitted = tuple[list[Side], list[Side]]
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
    cells = _laid_out(printer, fitted, grid)
    if half != grid:
        folded = _laid_out(printer, _fitted(printer, sides, half), half)
    return [
        _artifact(printer, "flashcards", cells, grid, options.flip),
        _artifact(printer, "flashcards-fold", cells if half == grid else folded, half, _FOLD),
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
                    Side(f"front/{key}", front_of(card), question, deck, key),
                    Side(f"back/{key}", back_of(card), question, deck, key),
                )


def _laid_out(printer: Printer, fitted: Fitted, grid: Grid) -> Cells:
    """Each side on a page of its own."""
    sides, too_long = fitted
    writer = printer.writer((), _em_width(grid))
    # No sheet has sides from two parts: as many pairs as fill some sheets make one.
    size = grid.columns * grid.rows
    at_once = 2 * size * max(1, _PAIRS_AT_ONCE // size)
    sources = (
        writer.source("flashcards", sides=some, grid=grid, padding=PADDING, label=_LABEL, em=_EM)
        for some in _chunks(sides, at_once)
    )
    parts = [Part(layout) for layout in printer.lay_out(sources, "flashcards")]
    pages: dict[str, int] = {}
    before = 0
    for layout in (part.layout for part in parts):
        pages |= {anchor: before + page - 1 for anchor, page in layout.anchors.items()}
        before += layout.pages
    return Cells(sides, parts, pages, (*map(_cut_card, too_long), *writer.warnings))


def _cut_card(side: Side) -> Problem:
    name = side.id.partition("/")[0]
    message = f"the {name} of card “{side.label}” is too long for a flash card: it is cut off"
    return Problem(side.text.place, "cut-card", message, "shorten it, or print fewer on a page")


def _artifact(printer: Printer, name: str, cells: Cells, grid: Grid, flip: str) -> Artifact:
    pairs = list(zip(cells.sides[::2], cells.sides[1::2], strict=True))
    sheets = _folded(pairs, grid) if flip == _FOLD else _duplex(pairs, grid, flip)
    shift = printer.context.flash_cards.shift
    plan = Imposition(
        [
            _placed(sheet, grid, cells.pages, shift if flip != _FOLD and number % 2 else (0, 0))
            for number, sheet in enumerate(sheets)
        ],
        (printer.paper.width, printer.paper.height),
        (grid.width, grid.height),
    )
    source = printer.writer((), 1).source(
        "cutmarks", grid=grid, margin=MARGIN, folded=flip == _FOLD, shift=shift
    )
    marks = printer.lay_out([replace(source, tagged=False)], name)
    return printer.artifact(
        name, cells.parts, cells.warnings, title="Flash cards", furniture=marks, imposition=plan
    )


def _placed(
    sheet: Sheet, grid: Grid, pages: Mapping[str, int], shift: tuple[float, float]
) -> list[Cell]:
    return [
        Cell(
            pages[side.id],
            MARGIN + column * grid.width + shift[0],
            MARGIN + row * grid.height + shift[1],
        )
        for row, sides in enumerate(sheet)
        for column, side in enumerate(sides)
        if side
    ]


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
            for some in _chunks(tried, _MEASURED_AT_ONCE)
        )
        layouts = printer.lay_out(sources, "flashcards")
        heights = {id: height for layout in layouts for id, height in layout.heights.items()}
        fitted |= {side.id: side for side in tried if heights[side.id] <= room}
        left = [side for side in tried if side.id not in fitted]
        if not left:
            break
    smallest = {side.id: side for side in left}
    return [(fitted | smallest)[side.id] for side in sides], list(smallest.values())


Sheet = list[list[Side | None]]
_T = TypeVar("_T")


def _chunks(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """Runs of at most `size` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _duplex(pairs: Sequence[tuple[Side, Side]], grid: Grid, flip: str) -> list[Sheet]:
    """Sheets of fronts, each followed by its backs in the mirrored places.

    Turned over the long edge of an upright sheet, left and right change
    places; over the short edge, top and bottom.
    """
    sheets: list[Sheet] = []
    size = grid.columns * grid.rows
    for start in range(0, len(pairs), size):
        some: list[tuple[Side | None, Side | None]] = list(pairs[start : start + size])
        some += [(None, None)] * (size - len(some))
        fronts, backs = (_rows([pair[i] for pair in some], grid.columns) for i in (0, 1))
        sheets += [fronts, [row[::-1] for row in backs] if flip == "long" else backs[::-1]]
    return sheets


def _folded(pairs: Sequence[tuple[Side, Side]], grid: Grid) -> list[Sheet]:
    """Sheets with the front on the left of the fold and the back on its right."""
    rows: Sheet = [list(pair) for pair in pairs]
    return [rows[i : i + grid.rows] for i in range(0, len(rows), grid.rows)]


def _rows(sides: Sequence[Side | None], columns: int) -> Sheet:
    return [list(sides[i : i + columns]) for i in range(0, len(sides), columns)]
