"""TeX to MathML Core by Temml, repaired so that epubcheck accepts it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from dlexport.math.javascript import Machine
from dlexport.math.model import FormulaError
from dlexport.math.repairs import repair

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_PLACE = re.compile(r"\s+at (?:position \d+|end of input):[\s\S]*")


def convert(machine: Machine, tex: str, display: bool, alttext: str) -> str:
    """The `math` element for a formula, as XML that declares its namespace.

    Raise FormulaError for bad TeX, ScriptError at a limit.
    """
    answer: dict[str, Any] = machine.call("dlexport.mathml", tex, display)
    if "message" in answer:
        raise FormulaError(_PLACE.sub("", answer["message"]).strip(), answer["position"])
    root = ET.fromstring(answer["mathml"])
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    repair(root, tex)
    attributes = {"xmlns": NAMESPACE, **root.attrib, "alttext": alttext}
    root.attrib.clear()
    root.attrib.update(attributes)
    return ET.tostring(root, encoding="unicode")
