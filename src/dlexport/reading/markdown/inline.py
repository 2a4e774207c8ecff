"""markdown-it's inline parser, which asks at each place only the rules that may begin there.

It asks all twenty otherwise, one call each, which is most of the time of parsing. And it
says of tokens where they begin, which markdown-it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# What a rule's text begins with. A rule that is not named is asked everywhere.
_BEGINNINGS: Mapping[str, str] = {
    "newline": "\n",
    "code_math": "$",
    "math_inline": "$",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "citation": "[",
    "cloze": "{:}",
    "span": "[",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
    "attr": "{",
}
_Rules = tuple[RuleFuncInlineType, ...]


# Tokens that a message may point at.
_POINTED_AT = frozenset(
    ("image", "link_open", "html_inline", "footnote_ref", "softbreak", "hardbreak")
)


def _note_beginning(made: Sequence[Token], place: int) -> None:
    """Note in the first of a rule's tokens that is pointed at where the rule began."""
    for token in made:
        if token.type in _POINTED_AT:
            if "offset" not in token.meta:
                token.meta = {**token.meta, "offset": place}
            break


class InlineParser(ParserInline):
    """The parser with the rules of another one, which must not change any more."""

    def __init__(self, other: ParserInline) -> None:
        self.__dict__.update(other.__dict__)

    @cached_property
    def _rules(self) -> tuple[Mapping[str, _Rules], _Rules]:
        """The rules for each character that some begin with, and those for all others."""
        names = self.ruler.get_active_rules()
        rules = list(zip(names, self.ruler.getRules(""), strict=True))

        def asked_at(character: str) -> _Rules:
            return tuple(
                rule
                for name, rule in rules
                if name not in _BEGINNINGS or (character and character in _BEGINNINGS[name])
            )

        characters = "".join(_BEGINNINGS.values())
        return {character: asked_at(character) for character in characters}, asked_at("")

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of a text, as the parser's own method does."""
        by_character, others = self._rules
        source, end = state.src, state.posMax
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            place = state.pos
            rules = by_character.get(source[place], others) if state.level < deepest else ()
            for rule in rules:
                known = len(state.tokens)
                if rule(state, False):
                    if state.pos <= place:
                        raise RuntimeError("an inline rule took nothing")
                    _note_beginning(state.tokens[known:], place)
                    break
            else:
                state.append_pending(source[place])
                state.pos += 1
        if state.pending:
            state.pushPending()
