"""markdown-it with the rules of our Markdown.

CommonMark and GitHub's additions, with formulas, citations, cloze deletions,
attribute lists and definition lists.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.gfm import gfm_plugin

from dlexport.reading.markdown.inline import InlineParser
from dlexport.reading.markdown.rules import attribute_line, citation, cloze, code_math, dollar_math
from dlexport.reading.markdown.spans import span

MAX_NESTING = 100
ATTRIBUTES = ("id", "class", "width", "height", "start", "lang", "dir")


@cache
def parser() -> MarkdownIt:
    """The parser. It keeps nothing between two texts, so that all threads share it."""
    md = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    md.use(gfm_plugin)
    md.core.ruler.disable("footnote_tail")  # each text takes its own notes along
    md.use(deflist_plugin)
    md.use(attrs_plugin, allowed=ATTRIBUTES)
    md.use(attrs_block_plugin, allowed=ATTRIBUTES)
    md.block.ruler.at("attr", attribute_line)
    md.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    md.inline.ruler.at("math_inline", dollar_math)
    md.inline.ruler.before("math_inline", "code_math", code_math)
    md.inline.ruler.before("link", "citation", citation)
    md.inline.ruler.before("link", "cloze", cloze)
    md.inline.ruler.before("link", "span", span)
    md.inline = InlineParser(md.inline)
    # A list of rules is worked out when it is first asked for, and until it is whole the
    # next thread sees a part of it: so it is asked for before anybody has the parser.
    for rules in (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2):
        rules.getRules("")
    return md
