"""Several laid-out pages on one sheet, as a printer imposes them.

Flash cards are laid out once, each side on a page of its own, and then stand on
the sheets of both ways to print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

_POINT = 72 / 25.4  # in a millimetre
_MARKED = re.compile(rb"/MCID (\d+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A page, counted from 0, and where on a sheet its top left corner comes to lie.

    `left` and `top` are in millimetres from the sheet's top left corner.
    """

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Imposition:
    """What lies on each sheet; widths and heights of a sheet and of a cell in millimetres.

    A cell shows as much of its page, from the top left corner.
    """

    sheets: Sequence[Sequence[Cell]]
    sheet: tuple[float, float]
    cell: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where a page has gone, how many marked contents lie before its own, its way in points."""

    sheet: Object
    first: int
    right: float
    up: float

    def shifted(self, points: Iterable[Object]) -> Array:
        """Coordinates, x and y in turn, on the sheet."""
        ways = cycle((self.right, self.up))
        return Array([float(at) + way for at, way in zip(points, ways, strict=False)])


def impose(pdf: Pdf, plan: Imposition) -> None:
    """Replace the pages by sheets. Tags keep their order, and links go along.

    The pages on one sheet have to share their resources, as those of one part do.
    """
    pages = [page.obj for page in pdf.pages]
    numbers = pdf.Root.StructTreeRoot.ParentTree
    pairs = list(numbers.Nums)
    tagged = {int(k): v for k, v in zip(pairs[::2], pairs[1::2], strict=True)}
    moved: dict[tuple[int, int], _Moved] = {}
    sheets = []
    for cells in plan.sheets:
        first = pages[cells[0].page]
        sheet = pdf.make_indirect(_empty(first, plan.sheet))
        contents = []
        elements = Array()
        annotations = Array()
        for cell in cells:
            page = pages[cell.page]
            x, y = _shift(plan, cell, page)
            moved[page.objgen] = move = _Moved(sheet, len(elements), x, y)
            contents.append(_content(page, plan.cell, move))
            elements.extend(tagged.pop(int(page.StructParents)))
            for annotation in page.get("/Annots", ()):
                annotation.Rect = move.shifted(annotation.Rect)
                annotations.append(annotation)
        sheet.Contents = Stream(pdf, b"\n".join(contents))
        if len(annotations):
            sheet.Annots = annotations
        tagged[int(first.StructParents)] = pdf.make_indirect(elements)
        sheets.append(sheet)
    numbers.Nums = Array(item for key in sorted(tagged) for item in (key, tagged[key]))
    del pdf.pages[:]
    pdf.pages.extend(Page(sheet) for sheet in sheets)
    for destination in list(pdf.Root.Names.Dests.Names)[1::2]:
        move = moved[destination[0].objgen]
        destination[0] = move.sheet
        destination[2:4] = move.shifted(destination[2:4])
    for element in _elements(pdf.Root.StructTreeRoot.K[0]):
        _follow(element, moved)


def _empty(like: Object, size: tuple[float, float]) -> Dictionary:
    """A page of that size in millimetres, with the resources and the tags' number of another."""
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(length * _POINT, 6) for length in size)]),
        Resources=like.Resources,
        StructParents=like.StructParents,
        Tabs=Name.S,
    )


def _shift(plan: Imposition, cell: Cell, page: Object) -> tuple[float, float]:
    """How far a page is moved to the right and up, in points."""
    top = plan.sheet[1] * _POINT - float(page.MediaBox[3])
    return cell.left * _POINT, top - cell.top * _POINT


def _content(page: Object, size: tuple[float, float], move: _Moved) -> bytes:
    """What draws a cell on its sheet."""
    drawn = _MARKED.sub(
        lambda found: b"/MCID %d" % (int(found[1]) + move.first), page.Contents.read_bytes()
    )
    width, height = (length * _POINT for length in size)
    bottom = float(page.MediaBox[3]) - height
    place = f"q 1 0 0 1 {move.right:.6f} {move.up:.6f} cm"
    window = f"0 {bottom:.6f} {width:.6f} {height:.6f} re W n"
    return f"{place} {window}\n".encode() + drawn + b"\nQ"


def _elements(element: Object) -> Iterator[Object]:
    """A structure element and all below it."""
    yield element
    for child in element.get("/K", ()):
        if isinstance(child, Dictionary) and child.get("/S") is not None:
            yield from _elements(child)


def _follow(element: Object, moved: Mapping[tuple[int, int], _Moved]) -> None:
    """Make a structure element, and what it refers to, lie on the sheet of its page."""
    if "/Pg" not in element:
        return
    move = moved[element.Pg.objgen]
    element.Pg = move.sheet
    for i, child in enumerate(element.get("/K", ())):
        if not isinstance(child, Dictionary):
            element.K[i] = int(child) + move.first
        elif child.get("/Type") == Name.OBJR:
            child.Pg = move.sheet
