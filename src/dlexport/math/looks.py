"""One look in all engines, where the same TeX would have several.

MathJax leaves Greek letters in `\\mathbf` as they are, Temml and KaTeX make them bold; Temml
leaves calligraphic letters in `\\boldsymbol` as they are. Within `\\mathrm` and its like
MathJax takes letters together to one name, also those after an index.
"""

from __future__ import annotations

from dlexport.math.tokens import Token, after_blanks, group_end
from dlexport.math.vocabulary import GREEK

# Alphabets in which MathJax takes letters together.
_NAMES = frozenset("\\" + n for n in ("mathrm", "mathbf", "mathsf", "mathit", "mathtt", "mathup"))
_BOLD, _SYMBOL = r"\mathbf", r"\boldsymbol"
_SCRIPTS = frozenset({r"\mathcal", r"\mathscr"})
_BOLD_SCRIPT_A = 0x1D4D0  # MATHEMATICAL BOLD SCRIPT CAPITAL A, and the others follow it


def even(row: list[Token]) -> list[Token]:
    """The tokens with bold Greek letters and single indices in names spelt out."""
    out: list[Token] = []
    index = 0
    while index < len(row):
        out.append(row[index])
        index += 1
        command = out[-1].text
        end = _argument(row, index) if command in _NAMES else None
        if end is None:
            continue
        inside = even(_braced_indices(row[index:end]))
        out += _with_bold_greek(inside) if command == _BOLD else inside
        index = end
    return out


def for_temml(row: list[Token]) -> list[Token]:
    """The tokens with bold calligraphic letters as characters, which Temml shows as they are."""
    out: list[Token] = []
    index = 0
    while index < len(row):
        token = row[index]
        end = _argument(row, index + 1) if token.text == _SYMBOL else None
        letters = _script_letters(row[index + 1 : end]) if end else ""
        if letters and end:
            groups = "".join(f"{{{letter}}}" for letter in letters)
            out += [Token(text, token.place) for text in f"{{{groups}}}"]
            index = end
        else:
            out.append(token)
            index += 1
    return out


def _argument(row: list[Token], index: int) -> int | None:
    """Where the argument ends that begins at `index`; None if there is none."""
    index = after_blanks(row, index)
    if index == len(row):
        return None
    if row[index].text != "{":
        return index + 1
    end = group_end(row, index)
    return None if end is None else end + 1


def _braced_indices(row: list[Token]) -> list[Token]:
    out: list[Token] = []
    for index, token in enumerate(row):
        is_index = index > 0 and row[index - 1].text in ("_", "^")
        if is_index and len(token.text) == 1 and token.text.isalnum():
            out += [Token("{", token.place), token, Token("}", token.place)]
        else:
            out.append(token)
    return out


def _with_bold_greek(row: list[Token]) -> list[Token]:
    out: list[Token] = []
    index = 0
    while index < len(row):
        token = row[index]
        index += 1
        if token.text == _SYMBOL:  # bold already
            end = _argument(row, index) or index
            out += [token, *row[index:end]]
            index = end
        elif token.text in GREEK:
            texts = (_SYMBOL, "{", token.text, "}")
            # A letter without braces is the argument of `\\mathbf`: so must be what replaces it.
            wrapped = texts if len(row) > 1 else ("{", *texts, "}")
            out += [Token(text, token.place) for text in wrapped]
        else:
            out.append(token)
    return out


def _script_letters(argument: list[Token]) -> str:
    """The bold characters for an argument of calligraphic capitals and nothing else."""
    command, *letters = [t.text for t in argument if not t.is_blank and t.text not in "{}"] or [""]
    if command not in _SCRIPTS or not all("A" <= letter <= "Z" for letter in letters):
        return ""
    return "".join(chr(_BOLD_SCRIPT_A + ord(letter) - ord("A")) for letter in letters)
