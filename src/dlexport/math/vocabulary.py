"""How TeX's names are read aloud in English."""

from __future__ import annotations

from dlexport.math.signs import pairs

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi"),
    "omega",
)

GREEK = (
    {rf"\{name}": name for name in _GREEK}
    | {rf"\var{name}": name for name in ("epsilon", "theta", "pi", "rho", "sigma", "phi", "kappa")}
    | {rf"\{name.capitalize()}": f"capital {name}" for name in _GREEK}
)

BIG = pairs(r"""
    \sum        the sum
    \prod       the product
    \coprod     the coproduct
    \int        the integral
    \iint       the double integral
    \iiint      the triple integral
    \oint       the contour integral
    \bigcup     the union
    \bigcap     the intersection
    \bigoplus   the direct sum
    \bigotimes  the tensor product
    \bigvee     the disjunction
    \bigwedge   the conjunction
    \lim        the limit
    \max        the maximum
    \min        the minimum
    \sup        the supremum
    \inf        the infimum
    \limsup     the limit superior
    \liminf     the limit inferior
    \argmax     the arg max
    \argmin     the arg min
    \nabla      the gradient
""")

ACCENTS = pairs(r"""
    \hat        hat
    \widehat    hat
    \bar        bar
    \overline   bar
    \tilde      tilde
    \widetilde  tilde
    \dot        dot
    \ddot       double dot
    \vec        vector
    \check      check
    \breve      breve
    \acute      acute
    \grave      grave
    \mathring   ring
    \underline  underlined
    \overrightarrow vector
    \cancel     crossed out
""")

FONTS = pairs(r"""
    \mathbf     bold
    \boldsymbol bold
    \bm         bold
    \mathcal    script
    \mathscr    script
    \mathfrak   fraktur
""")

BLACKBOARD = pairs("""
    R the real numbers
    N the natural numbers
    Z the integers
    Q the rational numbers
    C the complex numbers
    E the expectation
    P the probability
    1 the indicator
""")

POWERS = pairs(r"""
    2               squared
    3               cubed
    \top            transpose
    \intercal       transpose
    T               transpose
    \mathsf{T}      transpose
    \mathrm{T}      transpose
    \mathsfT        transpose
    -1              inverse
    *               star
    \ast            star
    \star           star
    \dagger         dagger
    +               plus
    \circ           degrees
    \prime          prime
""")


def _commands(*names: str) -> frozenset[str]:
    return frozenset("\\" + name for name in names)


SILENT = _commands(
    *("displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits"),
    *("quad", "qquad", "enspace", "thinspace", "mathstrut", "hline", "nonumber", "notag"),
    *("tiny", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "strut"),
    *(",", ";", ":", "!", ">", " "),
)
SKIPPED = _commands("label", "color", "hspace", "phantom", "hphantom")  # with their argument
NAMES = _commands(
    *("text", "textrm", "textbf", "textit", "texttt", "textsf", "textnormal", "mbox"),
    *("operatorname", "mathrm", "mathsf", "mathtt", "mathit", "mathop"),
)
FUNCTIONS = _commands(
    *("operatorname", "mathrm", "mathbb", "log", "ln", "lg", "exp", "sin", "cos", "tan", "sec"),
    *("csc", "cot", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "det", "dim", "ker"),
    *("arg", "Pr", "gcd", "deg"),
)
FUNCTION_LETTERS = frozenset(GREEK) | frozenset(FONTS) | frozenset(ACCENTS)
BARS = {
    **dict.fromkeys(("|", r"\vert"), "absolute value"),
    **dict.fromkeys((r"\|", r"\Vert"), "norm"),
}
