"""Formulas so simple that no engine can refuse them.

Most formulas are: letters, signs, indices, fractions, roots. To see that takes a
hundredth of the time that drawing them does. What is not known to be simple is no
error; it has to be drawn to find out.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 400  # tokens
_DEEPEST = 12


def _commands(names: str) -> frozenset[str]:
    return frozenset("\\" + name for name in names.split())


_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_CAPITALS = frozenset(filter(str.isupper, _LETTERS))
_DIGITS = frozenset("0123456789")
_SIGNS = frozenset("+-=<>/*.,;:!?()[]|")
_GREEK = _commands(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi "
    "Psi Omega"
)
_SYMBOLS = _GREEK | _commands(
    "ell nabla partial infty emptyset forall exists top bot cdot times div pm mp circ ast star "
    "odot oplus otimes cup cap setminus wedge vee le leq ge geq ne neq ll gg equiv approx sim "
    "simeq cong propto in notin ni subset subseteq supset supseteq mid parallel perp to gets "
    "leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto ldots cdots "
    "prime"
)
_OPERATORS = _commands(
    "sum prod int log ln exp max min sup inf lim arg sin cos tan tanh sinh cosh det dim gcd Pr ker"
)
_FENCES = _commands("{ } lvert rvert lVert rVert vert Vert langle rangle lfloor rfloor lceil rceil")
_DELIMITERS = frozenset("()[]|/") | _FENCES
_SIZES = _commands("bigl bigr Bigl Bigr biggl biggr Biggl Biggr")
_ATOMS = _LETTERS | _DIGITS | _SIGNS | _SYMBOLS | _OPERATORS | _FENCES
_ARGUMENTS = _LETTERS | _DIGITS | _SYMBOLS | frozenset("*+-")  # what needs no braces
_SPACES = _commands(", : ; ! quad qquad")
_TAKES = {
    **dict.fromkeys(_commands("sqrt hat bar tilde vec dot ddot overline underline widehat"), 1),
    **dict.fromkeys(_commands("frac dfrac tfrac binom"), 2),
}
_ALPHABETS = {
    **dict.fromkeys(_commands("mathbb mathcal"), _CAPITALS),
    **dict.fromkeys(_commands("mathbf mathrm mathit mathsf mathtt"), _LETTERS | _DIGITS),
    **dict.fromkeys(_commands("operatorname"), _LETTERS),
    **dict.fromkeys(_commands("boldsymbol"), _LETTERS | _DIGITS | _GREEK),
    **dict.fromkeys(_commands("text"), _LETTERS | _DIGITS | frozenset(".,:-")),
}


def is_simple(tokens: Sequence[str]) -> bool:
    """Whether MathJax draws the formula of these tokens, Temml converts it and Anki shows it."""
    return len(tokens) <= _LONGEST and _row(tokens, 0, "", 0) == len(tokens)


# Each of these gives the index after what it has read, or -1 where that is not simple.


def _row(tokens: Sequence[str], index: int, closing: str, depth: int) -> int:
    """As far as `closing`, or to the end, something that shows and its indices."""
    is_empty, scripts = True, "^_"  # the ones that the last part cannot take any more
    while index < len(tokens):
        text = tokens[index]
        if text in _ATOMS:
            index, scripts, is_empty = index + 1, "", False
        elif text == closing:
            break
        elif text.isspace():
            index += 1
        elif text in ("^", "_"):
            if text in scripts:
                return -1
            index, scripts = _argument(tokens, index + 1, depth), scripts + text
        elif text == "'":
            if "^" in scripts:
                return -1
            while tokens[index : index + 1] == ["'"]:
                index += 1
            scripts += "^"
        elif text in _SPACES:
            index, scripts = index + 1, "^_"
        else:
            index, scripts, is_empty = _part(tokens, index, depth), "", False
        if index < 0:
            return -1
    at_end = index == len(tokens)
    return -1 if is_empty or at_end != (not closing) else index


def _part(tokens: Sequence[str], index: int, depth: int) -> int:
    text = tokens[index]
    if text == "{":
        return _group(tokens, index, depth)
    if text in _TAKES:
        index += 1
        for _ in range(_TAKES[text]):
            index = _argument(tokens, index, depth) if index >= 0 else -1
        return index
    if text in _ALPHABETS:
        return _letters(tokens, index + 1, _ALPHABETS[text])
    if text in _SIZES:
        return index + 2 if _at(tokens, index + 1) else -1
    if text == r"\left" and _at(tokens, index + 1) and depth < _DEEPEST:
        end = _row(tokens, index + 2, r"\right", depth + 1)
        return end + 2 if end >= 0 and _at(tokens, end + 1) else -1
    return -1


def _at(tokens: Sequence[str], index: int) -> bool:
    """Whether there is a delimiter."""
    return index < len(tokens) and tokens[index] in _DELIMITERS


def _argument(tokens: Sequence[str], index: int, depth: int) -> int:
    while index < len(tokens) and tokens[index].isspace():
        index += 1
    if index == len(tokens):
        return -1
    if tokens[index] == "{":
        return _group(tokens, index, depth)
    return index + 1 if tokens[index] in _ARGUMENTS else -1


def _group(tokens: Sequence[str], index: int, depth: int) -> int:
    end = _row(tokens, index + 1, "}", depth + 1) if depth < _DEEPEST else -1
    return end + 1 if end >= 0 else -1


def _letters(tokens: Sequence[str], index: int, allowed: frozenset[str]) -> int:
    """A group of nothing but these letters and blanks, one letter at least."""
    start = index + 1
    if tokens[index:start] != ["{"]:
        return -1
    index = start
    while index < len(tokens) and (tokens[index] in allowed or tokens[index] == " "):
        index += 1
    is_whole = tokens[index : index + 1] == ["}"] and not allowed.isdisjoint(tokens[start:index])
    return index + 1 if is_whole else -1
