"""TeX to MathML Core by Temml, repaired so that epubcheck accepts it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from dlexport.math.javascript import Machine
from dlexport.math.model import FormulaError

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_NOISE = re.compile(r"\s+at (?:position \d+|end of input):[^]*".replace("[^]", r"[\s\S]"))


def convert(machine: Machine, tex: str, display: bool, alttext: str) -> str:
    """The `math` element for a formula, as XML with its own default namespace.

    Raise FormulaError for bad TeX, ScriptError at a limit.
    """
    answer: dict[str, Any] = machine.call("dlexport.mathml", tex, display)
    if "message" in answer:
        raise FormulaError(_NOISE.sub("", answer["message"]).strip(), answer["position"])
    root = ET.fromstring(answer["mathml"])
    _repair(root)
    root.set("alttext", alttext)
    return _serialise(root)


def _repair(root: ET.Element) -> None:
    pass


def _serialise(root: ET.Element) -> str:
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    root.set("xmlns", NAMESPACE)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)
