"""TeX to SVG by MathJax."""

from __future__ import annotations

import re
from typing import Any

from dlexport.math.files import glyphs
from dlexport.math.javascript import Machine
from dlexport.math.model import NO_XML, Drawing, FormulaError

_SIZE = re.compile(r'\bwidth="([\d.]+)ex" height="([\d.]+)ex"')
_DEPTH = re.compile(r"vertical-align: (-?[\d.]+)(?:ex)?;")
_MOST_TRIES = 50  # a formula asks for one file of glyphs at a time


def draw(machine: Machine, tex: str, display: bool, width_em: float, title: str) -> Drawing:
    """Draw a formula; lines wider than `width_em` are broken if that is not 0.

    Raise FormulaError for bad TeX, ScriptError at a limit.
    """
    answer = _typeset(machine, tex, display, width_em)
    if "message" in answer:
        raise FormulaError(answer["message"], answer["position"])
    return _drawing(answer["svg"], answer["tag"], title)


def _typeset(machine: Machine, tex: str, display: bool, width_em: float) -> dict[str, Any]:
    for _ in range(_MOST_TRIES):
        answer: dict[str, Any] = machine.call("dlexport.draw", tex, display, width_em)
        if "wanted" not in answer:
            return answer
        for name in answer["wanted"]:
            machine.load(glyphs(name))
    raise FormulaError("the formula's glyphs cannot be loaded")


def _drawing(svg: str, tag: str | None, title: str) -> Drawing:
    head, rest = svg.split(">", 1)
    size, depth = _SIZE.search(head), _DEPTH.search(head)
    if not size:
        raise FormulaError("the formula wants the width of the page, which a drawing has not")
    strange = NO_XML.search(svg)  # \unicode gives any character
    if strange:
        raise FormulaError(f"the formula shows U+{ord(strange[0]):04X}, which is no character")
    if head.endswith("/"):
        raise FormulaError("the formula shows nothing", 0)
    return Drawing(
        svg=f"{head}><title>{_escape(title)}</title>{rest}",
        words=title,
        width_ex=float(size[1]),
        height_ex=float(size[2]),
        depth_ex=-float(depth[1]) if depth else 0.0,
        tag=tag,
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
