"""Formulas: LaTeX to SVG, MathML and words.

Importing this is cheap: the JavaScript that does the work starts with the first formula.
"""

from dlexport.math.engine import MathEngine
from dlexport.math.macros import expand_macros
from dlexport.math.model import Drawing, Formula, FormulaError

__all__ = ["Drawing", "Formula", "FormulaError", "MathEngine", "expand_macros"]
