"""One subset of each font for a PDF of several parts.

Each part embeds the glyphs that it shows. WeasyPrint keeps the glyphs' numbers
when it subsets, so the parts' fonts can be replaced by one that has them all.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Name, Object, Pdf, Stream

from dlexport.exporters.pdf.document import UsedFont
from dlexport.exporters.pdf.fonts import truetype

_OF_NO_USE = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "STAT")  # in a PDF
_MOST_IN_A_BLOCK = 100  # of a character map (Adobe Technical Note 5411, 1.4.1)


def merge_fonts(pdf: Pdf, parts: Sequence[tuple[Sequence[UsedFont], Object]]) -> None:
    """Replace the fonts of the parts' resources by one for all parts that show it."""
    using: dict[str, list[tuple[UsedFont, Object]]] = {}
    for fonts, resources in parts:
        for font in fonts:
            using.setdefault(font.key, []).append((font, resources))
    for key, users in using.items():
        if len(users) < 2:
            continue
        characters = {g: c for font, _ in users for g, c in font.characters.items()}
        widths = {g: w for font, _ in users for g, w in font.widths.items()}
        merged = users[0][1].Font[f"/{key}"]
        _rewrite(pdf, merged, users[0][0].file, characters, widths)
        for _, resources in users[1:]:
            resources.Font[f"/{key}"] = merged


def _rewrite(
    pdf: Pdf, font: Object, file: str, characters: dict[int, str], widths: dict[int, int]
) -> None:
    data = _subset(file, characters)
    descendant = font.DescendantFonts[0]
    program = Stream(pdf, data)
    program[Name.Length1] = len(data)
    descendant.FontDescriptor.FontFile2 = program
    descendant.W = Array(n for glyph in sorted(widths) for n in (glyph, Array([widths[glyph]])))
    font.ToUnicode = Stream(pdf, _character_map(characters))


def _subset(file: str, glyphs: dict[int, str]) -> bytes:
    options = subset.Options(
        retain_gids=True,
        notdef_outline=True,
        hinting=False,
        recalc_timestamp=False,
        ignore_missing_glyphs=True,  # WeasyPrint counts characters that no font has behind the last
    )
    font = TTFont(io.BytesIO(truetype(file)), recalcTimestamp=False)
    for table in _OF_NO_USE:  # to read them takes longer than all the rest
        if table in font:
            del font[table]
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=sorted(glyphs))
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _character_map(characters: dict[int, str]) -> bytes:
    """A ToUnicode map (ISO 32000-1, 9.10.3): the characters that each glyph stands for."""
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
    ]  # fmt: skip
    glyphs = sorted(characters)
    for start in range(0, len(glyphs), _MOST_IN_A_BLOCK):
        block = glyphs[start : start + _MOST_IN_A_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{g:04x}> <{characters[g].encode('utf-16-be').hex()}>" for g in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
