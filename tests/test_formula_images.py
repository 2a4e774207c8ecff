"""Formulas on paper: PDF operators show what the SVG shows."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from dlexport.exporters.pdf.document import Layout, Source, lay_out
from dlexport.exporters.pdf.formulas import FormulaImage, address
from dlexport.math import Formula, MathEngine

TABLE = Path(__file__).parent / "formulas" / "formulas.txt"
CSS = "@page { size: 300mm 100mm; margin: 5mm } p { margin: 0; break-after: page }"


def formulas() -> list[Formula]:
    """The table of formulas, displayed."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [Formula(s, display=True) for line in lines if (s := line.strip()) and s[0] != "#"]


def pictures(body: str, drawings: dict[str, str]) -> list[np.ndarray]:
    """The pages as grey bitmaps."""
    html = f"<html lang='en'><title>x</title><body>{body}"
    layout = Layout.decode(lay_out(Source(html, CSS, drawings)))
    assert layout.warnings == ()
    document = pypdfium2.PdfDocument(layout.data)
    return [page.render(scale=2, grayscale=True).to_numpy().astype(int) for page in document]


def test_operators_show_what_the_svg_shows() -> None:
    """Every formula of the table, pixel by pixel; only edges may differ a little."""
    engine = MathEngine()
    drawn = [(f, engine.draw(f)) for f in formulas()]
    drawings = {address(d.svg): d.svg for _, d in drawn}
    images = "".join(
        f'<p><img src="{address(d.svg)}" alt="{escape(d.words)}" '
        f'style="width: {d.width_ex:.3f}ex; vertical-align: {-d.depth_ex:.3f}ex"></p>'
        for _, d in drawn
    )
    inline = "".join(f"<p>{d.svg}</p>" for _, d in drawn)
    pairs = zip(drawn, pictures(images, drawings), pictures(inline, {}), strict=True)
    for (formula, _), ours, theirs in pairs:
        ink = (255 - theirs).sum()
        assert ink > 0, formula.tex
        assert np.abs(ours - theirs).sum() < 0.04 * ink, formula.tex


def test_nearly_all_are_translated() -> None:
    """What has to stay an SVG is rare: it costs twenty times as much."""
    engine = MathEngine()
    refused = []
    for formula in formulas():
        try:
            FormulaImage(engine.draw(formula).svg)
        except ValueError:
            refused.append(formula.tex)
    assert len(refused) <= 3, refused


def test_what_cannot_be_translated_is_refused() -> None:
    """An element that the operators cannot show, not a picture without it."""
    engine = MathEngine()
    svg = engine.draw(Formula("x")).svg
    with pytest.raises(ValueError, match="text"):
        FormulaImage(svg.replace("</svg>", "<text>x</text></svg>"))
