"""Trees that Markdown can spell, of all kinds of nodes, for hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from dlexport.document import (
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    Citation,
    Cloze,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    DefinitionTerm,
    Emphasis,
    Figure,
    FormulaBlock,
    Heading,
    HtmlBlock,
    HtmlInline,
    Image,
    Inline,
    InlineFormula,
    LineBreak,
    Link,
    ListItem,
    Mark,
    OrderedList,
    Paragraph,
    Plain,
    Row,
    SoftBreak,
    Span,
    Str,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)

Words = tuple[Inline, ...]

# Words that are no marks, though they look like some.
_WORDS = st.sampled_from(
    r"""
    a Zeta é 1 42 x_y * ** _ __ ` $ $5 $x$ [ ] [x] [x](y) ![x](y) [@a] [^1] ( ) ! < <b> </b> <!--
    & &amp; &#35; { } {#x} {.key} }} :: {{c1::x}} : \ \* \( # ## - + 1. 2) > = === --- | ~ ~~ @a
    www.a.org http://a.org me@a.org ' " ^ /x/ שלום 数 x* *x _x x_ **x x~ {{ $$ ``` ~~~ <https://a.b>
    """.split()
)
_NAMES = st.sampled_from(["a", "key2020", "some-name"])
_TEX = st.sampled_from([r"x", r"\frac{a}{b}", r"x_1", r"a|b", r"\{x\}", r"5", r"a*b*c", r"\|x\|"])
_CODE = st.sampled_from(
    ["x", "a b", "`", "a``b", " ", "{x}", "a|b", "*x*", "\\", "<b>", "{{c1::x}}"]
)
_ADDRESSES = st.sampled_from(["a.md", "#x", "https://a.org/b?c=d&e", "a%20b.md", "a(b)", ""])
_ALTS = st.sampled_from(["", "alt", "a *b* [c]", "$x$ `y`"])
_ATTRIBUTES: st.SearchStrategy[Attributes] = st.sampled_from(
    [(), (), (("class", "x"),), (("id", "i"), ("class", "x y"))]
)
_SIZES: st.SearchStrategy[Attributes] = st.sampled_from([(), (("width", "40mm"),)])
_FROM = (("from", "rates.copy"),)
_BARE = (Emphasis, Strong, Strikethrough, Subscript, Superscript, Mark)


@dataclass(frozen=True)
class Allowed:
    """What may stand in a line: ends of lines, deletions, what begins with a bracket.

    Within a link, nothing may; `depth` is how deep nodes nest.
    """

    depth: int = 2
    breaks: bool = True
    clozes: bool = True
    brackets: bool = True

    @property
    def inside(self) -> Allowed:
        """What may stand inside a part of the line."""
        return replace(self, depth=self.depth - 1, breaks=False, clozes=False)


@st.composite
def _drawn_words(draw: st.DrawFn, allowed: Allowed) -> Words:
    """A line, whose parts have blanks or ends of lines between them."""
    parts = draw(_parts(allowed))
    breaks: list[Inline] = [SoftBreak(), LineBreak()] if allowed.breaks else []
    found: list[Inline] = []
    for part in parts:
        if found:
            found.append(draw(st.sampled_from([Str(" "), *breaks])))
        found += part
    return joined(found)


@cache
def words(allowed: Allowed = Allowed()) -> st.SearchStrategy[Words]:
    """Lines of some kind. Strategies are made once: making them takes longer than drawing."""
    return _drawn_words(allowed)


def joined(nodes: Sequence[Inline]) -> Words:
    """The nodes with neighbouring strings as one."""
    found: list[Inline] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, Str) and isinstance(last, Str):
            found[-1] = Str(last.text + node.text)
        else:
            found.append(node)
    return tuple(found)


_CITATIONS = st.builds(Citation, st.lists(_NAMES, min_size=1, max_size=2, unique=True).map(tuple))


@cache
def _parts(allowed: Allowed) -> st.SearchStrategy[list[Sequence[Inline]]]:
    return st.lists(_part(allowed), min_size=1, max_size=4)


@cache
def _part(allowed: Allowed) -> st.SearchStrategy[Sequence[Inline]]:
    alone = st.one_of(
        st.builds(Code, _CODE, attributes=_ATTRIBUTES),
        st.builds(InlineFormula, _TEX),
        *([_CITATIONS] if allowed.brackets else []),
    )
    # At the beginning of a line, a tag would begin a block, and so would `$$`.
    tag = st.sampled_from(["<b>", "</b>", "<!-- x -->"]).map(HtmlInline)
    displayed = st.builds(InlineFormula, _TEX, st.just(True))
    word = st.builds(Str, _WORDS)
    between = st.tuples(st.just(Str("1")), alone | tag, st.just(Str("2")))
    within = st.tuples(st.just(Str("a")), displayed, st.just(Str("z")))
    kinds = [st.tuples(word), st.tuples(word), st.tuples(alone), between, within]
    if allowed.depth:
        kinds.append(st.tuples(_holding(allowed)))
    return st.one_of(kinds)


@cache
def _holding(allowed: Allowed) -> st.SearchStrategy[Inline]:
    inner = words(allowed.inside)
    # Emphasis begins and ends beside letters.
    firm = inner.map(_firm)
    kinds: list[st.SearchStrategy[Inline]] = [
        st.builds(lambda kind, nodes: kind(nodes), st.sampled_from(_BARE), firm),
        st.builds(Image, _ADDRESSES, _ALTS, st.just(()) | inner, attributes=_SIZES),
    ]
    if allowed.brackets:
        kinds.append(st.builds(Span, firm, st.sampled_from([(("class", "term"),), _FROM])))
        without = words(replace(allowed.inside, brackets=False)).map(_firm)
        kinds.append(st.builds(Link, without, _ADDRESSES, st.sampled_from(["", 'a "b"'])))
    if allowed.clozes:
        kinds.append(st.builds(Cloze, st.integers(1, 3), firm, st.none() | firm))
    return st.one_of(kinds)


def _firm(nodes: Words) -> Words:
    return joined([Str("a "), *nodes, Str(" z")])


def _flat(nodes: Words) -> Words:
    """A caption: one line."""
    return joined([Str(" ") if isinstance(n, SoftBreak | LineBreak) else n for n in nodes])


_LINE = words(Allowed(breaks=False))
_PARAGRAPHS = st.builds(Paragraph, words(), attributes=_ATTRIBUTES).filter(
    lambda p: not (len(p.children) == 1 and isinstance(p.children[0], Image))
)
_CELLS = st.builds(Cell, st.just(()) | words(Allowed(breaks=False)))
_LEAVES: st.SearchStrategy[Block] = st.one_of(
    _PARAGRAPHS,
    st.builds(Heading, _LINE, st.integers(1, 6)),
    st.builds(
        CodeBlock,
        st.sampled_from(["", "x\n", "a\n\n  b\n", "```\n", "\n"]),
        st.sampled_from(["", "python", "output"]),
    ),
    st.builds(CodeBlock, st.just("x\n"), st.just("python"), st.just(("run", "numbered"))),
    st.builds(FormulaBlock, _TEX, attributes=_ATTRIBUTES),
    st.builds(Figure, st.builds(Image, st.just("a.svg"), st.just("b"), words().map(_flat))),
    st.just(ThematicBreak()),
    st.just(HtmlBlock("<div>\n*x*\n</div>\n")),
)


@st.composite
def _tables(draw: st.DrawFn) -> Block:
    columns = draw(st.integers(1, 3))
    row = st.builds(Row, st.tuples(*[_CELLS] * columns))
    alignments = st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * columns)
    rows = st.lists(row, max_size=2).map(tuple)
    return draw(st.builds(Table, row, rows, alignments))


@st.composite
def _lists(draw: st.DrawFn, inner: st.SearchStrategy[tuple[Block, ...]]) -> Block:
    """A tight list of words, or a loose one, which shows that it is one by a second item."""
    done = st.sampled_from([None, None, True, False])
    if draw(st.booleans()):
        first = st.builds(Plain, words())
        item = st.builds(ListItem, st.tuples(first) | st.tuples(first, _tight_lists), done)
        items = draw(st.lists(item, min_size=1, max_size=3))
    else:
        after = st.just(()) | inner
        blocks = st.tuples(_PARAGRAPHS.map(_bare), after).map(lambda pair: (pair[0], *pair[1]))
        items = draw(st.lists(st.builds(ListItem, blocks, done), min_size=2, max_size=3))
    kind = draw(st.sampled_from([BulletList, OrderedList]))
    if kind is OrderedList:
        return OrderedList(tuple(items), draw(st.sampled_from([1, 1, 5, 0])))
    return BulletList(tuple(items))


def _bare(paragraph: Paragraph) -> Paragraph:
    """A list of attributes above an item's paragraph would be the item's text."""
    return replace(paragraph, attributes=())


_tight_lists = st.lists(
    st.builds(ListItem, st.tuples(st.builds(Plain, words()))), min_size=1, max_size=2
).map(lambda items: BulletList(tuple(items)))


@st.composite
def _definitions(draw: st.DrawFn, inner: st.SearchStrategy[tuple[Block, ...]]) -> Block:
    """One term with words, or some with paragraphs, which a second definition shows."""
    if draw(st.booleans()):
        plain = st.builds(Definition, st.tuples(st.builds(Plain, words())))
        tight = draw(st.lists(plain, min_size=1, max_size=2))
        return DefinitionList((DefinitionTerm(draw(_LINE)), *tight))
    items: list[DefinitionTerm | Definition] = []
    for _ in range(draw(st.integers(1, 2))):
        items.append(DefinitionTerm(draw(_LINE)))
        items += draw(st.lists(st.builds(Definition, inner), min_size=2, max_size=3))
    return DefinitionList(tuple(items))


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, min_size=1, max_size=2).map(_apart)
    quoted = st.tuples(_PARAGRAPHS, st.just(()) | blocks).map(lambda pair: (pair[0], *pair[1]))
    return st.one_of(
        st.builds(BlockQuote, blocks),
        st.builds(Callout, quoted, st.sampled_from(["note", "tip", "warning"])),
        _lists(blocks),
        _definitions(quoted),
        _tables(),
    )


def _apart(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks without lists of definitions beside each other, which would be one."""
    found: list[Block] = []
    for block in blocks:
        if found and isinstance(block, DefinitionList) and isinstance(found[-1], DefinitionList):
            found.append(ThematicBreak())
        found.append(block)
    return tuple(found)


BLOCKS = st.recursive(_LEAVES, _containers, max_leaves=6)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=3).map(lambda blocks: Text(_apart(blocks)))
