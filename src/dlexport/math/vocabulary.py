"""How TeX's signs and names are read aloud in English."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    """A table from lines of "name, blanks, words"."""
    rows = (line.split(None, 1) for line in text.strip().splitlines())
    return {name: words.strip() for name, words in rows}


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

SIGNS = _pairs(r"""
    +           plus
    -           minus
    *           star
    /           divided by
    =           equals
    <           is less than
    >           is greater than
    !           factorial
    :           :
    \pm         plus or minus
    \mp         minus or plus
    \times      times
    \cdot       times
    \div        divided by
    \ast        star
    \star       star
    \circ       composed with
    \bullet     bullet
    \odot       elementwise times
    \otimes     tensor times
    \oplus      direct sum
    \neq        does not equal
    \ne         does not equal
    \leq        is less than or equal to
    \le         is less than or equal to
    \leqslant   is less than or equal to
    \geq        is greater than or equal to
    \ge         is greater than or equal to
    \geqslant   is greater than or equal to
    \ll         is much less than
    \gg         is much greater than
    \lesssim    is about at most
    \gtrsim     is about at least
    \approx     is approximately
    \simeq      is similar to
    \cong       is congruent to
    \equiv      is equivalent to
    \sim        is distributed as
    \propto     is proportional to
    \coloneqq   is defined as
    \triangleq  is defined as
    \doteq      is defined as
    \in         in
    \notin      not in
    \ni         contains
    \subset     is a subset of
    \subseteq   is a subset of
    \supset     is a superset of
    \supseteq   is a superset of
    \cup        union
    \cap        intersection
    \setminus   without
    \emptyset   the empty set
    \varnothing the empty set
    \forall     for all
    \exists     there exists
    \nexists    there is no
    \neg        not
    \lnot       not
    \land       and
    \wedge      and
    \lor        or
    \vee        or
    \to         to
    \rightarrow to
    \longrightarrow to
    \gets       gets
    \leftarrow  gets
    \mapsto     maps to
    \Rightarrow implies
    \implies    implies
    \Longrightarrow implies
    \impliedby  is implied by
    \iff        if and only if
    \Leftrightarrow if and only if
    \mid        given
    \parallel   parallel to
    \perp       is independent of
    \succeq     succeeds or equals
    \preceq     precedes or equals
    \succ       succeeds
    \prec       precedes
    \infty      infinity
    \partial    partial
    \top        top
    \bot        bottom
    \prime      prime
    \dagger     dagger
    \ell        l
    \hbar       h bar
    \Re         the real part of
    \Im         the imaginary part of
    \aleph      aleph
    \imath      i
    \jmath      j
    \dots       and so on
    \ldots      and so on
    \cdots      and so on
    \vdots      and so on
    \ddots      and so on
    \degree     degrees
    \therefore  therefore
    \because    because
    \checkmark  check mark
    \bmod       mod
    \colon      :
    \%          percent
    \$          dollars
    \#          number sign
    \&          and
    \_          underscore
    (           open parenthesis
    )           close parenthesis
    [           open bracket
    ]           close bracket
    \{          open brace
    \}          close brace
    \lbrace     open brace
    \rbrace     close brace
    \langle     open angle bracket
    \rangle     close angle bracket
    \lfloor     the floor of
    \rfloor     , end of floor
    \lceil      the ceiling of
    \rceil      , end of ceiling
    \lvert      the absolute value of
    \rvert      , end of absolute value
    \lVert      the norm of
    \rVert      , end of norm
""")

BIG = _pairs(r"""
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

ACCENTS = _pairs(r"""
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

FONTS = _pairs(r"""
    \mathbf     bold
    \boldsymbol bold
    \bm         bold
    \mathcal    script
    \mathscr    script
    \mathfrak   fraktur
""")

BLACKBOARD = _pairs("""
    R the real numbers
    N the natural numbers
    Z the integers
    Q the rational numbers
    C the complex numbers
    E the expectation
    P the probability
    1 the indicator
""")

POWERS = _pairs(r"""
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
