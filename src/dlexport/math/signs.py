"""How TeX's signs are read aloud in English."""

from __future__ import annotations


def pairs(text: str) -> dict[str, str]:
    """A table from lines of "name, blanks, words"."""
    rows = (line.split(None, 1) for line in text.strip().splitlines())
    return {name: words.strip() for name, words in rows}


SIGNS = pairs(r"""
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
