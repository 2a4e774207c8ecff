"""The `interview` profile: answers that are complete, dated, sourced and readable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlexport.document import (
    Citation,
    CodeBlock,
    FormulaBlock,
    InlineFormula,
    Link,
    Paragraph,
    lines,
    plain,
)
from dlexport.model import Collection, Question
from dlexport.problems import Problem
from dlexport.reading.links import linked_file
from dlexport.reading.words import count_words

SHORT_ANSWER = range(20, 46)
ANSWER = range(250, 701)
FEWEST_REFERENCES = 2
MOST_LINES, MOST_COLUMNS = 40, 72

_AGEING = re.compile(
    r"\b(today|nowadays|currently|state of the art|state-of-the-art|latest|recently)\b", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SYMBOL = re.compile(
    r"\\(alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma"
    r"|tau|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega)(?![A-Za-z])"
    r"|(?<![\\A-Za-z])([A-Za-z])(?![A-Za-z])"
)
# Text, names of functions and of fonts, and what stands below or above a symbol.
_NO_SYMBOL = re.compile(
    r"\\(?:text|operatorname\*?|mathrm|mathsf|mathbb|texttt|begin|end|tag)\s*\{[^{}]*\}"
    r"|[_^]\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[_^]\\?[A-Za-z0-9]+"
)
# What stands on the left of a sign of equality is named by the formula itself.
_DEFINED = re.compile(
    r"(\\?[A-Za-z]+)[\s}]*(?:\([^()]*\))?\s*&?\s*(?::?=|\\approx|\\propto|\\leq?\b)"
)
_KNOWN = frozenset("e d i j k n t x y T O \\pi".split())


def lengths(collection: Collection) -> Iterator[Problem]:
    """Answers that are too short to be complete or too long to be read."""
    for question in collection.questions:
        for name, text, allowed in (
            ("short answer", question.short_answer, SHORT_ANSWER),
            ("answer", question.answer, ANSWER),
        ):
            words = count_words(text)
            if text and words not in allowed:
                yield Problem(
                    text.place,
                    f"{name.replace(' ', '-')}-length",
                    f"the {name} has {words} words",
                    f"write {allowed.start} to {allowed.stop - 1}",
                )


def short_answer_form(collection: Collection) -> Iterator[Problem]:
    """A short answer that cannot be said aloud."""
    for question in collection.questions:
        for block in question.short_answer.blocks if question.short_answer else ():
            if not isinstance(block, Paragraph | FormulaBlock):
                yield Problem(
                    block.place,
                    "short-answer-form",
                    "the short answer holds more than sentences",
                    "leave lists, code and pictures to the answer",
                )
                break


def undated(collection: Collection) -> Iterator[Problem]:
    """Words that age in a paragraph that names no year."""
    for question in collection.questions:
        for text in question.texts:
            for block in lines(text.blocks):
                words = plain(block.children)
                found = _AGEING.search(words)
                if found and not _YEAR.search(words):
                    yield Problem(
                        block.place,
                        "undated",
                        f"“{found[0]}” will not stay true",
                        "say as of when: “as of November 2026”",
                    )


def references(collection: Collection) -> Iterator[Problem]:
    """Too few references, or some that nothing in the text refers to."""
    for question in collection.questions:
        if 0 < len(question.references) < FEWEST_REFERENCES:
            yield Problem(
                question.place_of("references"),
                "few-references",
                f"{len(question.references)} reference",
                f"give at least {FEWEST_REFERENCES}, one of them primary",
            )
        cited = {key for citation in question.every(Citation) for key in citation.keys}
        for key in question.references:
            if key not in cited:
                yield Problem(
                    question.place_of(f"references/{key}"),
                    "uncited-reference",
                    f"“{key}” is listed, and nothing cites it",
                    f"write [@{key}] where it supports a statement, or take it out",
                )


def unnamed_symbols(collection: Collection) -> Iterator[Problem]:
    """Symbols of display formulas that no sentence of the answer names."""
    for question in collection.questions:
        named = set(_KNOWN)
        for formula in question.every(InlineFormula):
            if not formula.display:
                named |= _symbols(formula.tex, deep=True)
        for block in _display_formulas(question):
            plain_tex = _NO_SYMBOL.sub(" ", block.tex)
            named |= {found[1] for found in _DEFINED.finditer(plain_tex)}
            missing = sorted(_symbols(block.tex) - named)
            if missing:
                yield Problem(
                    block.place,
                    "unnamed-symbol",
                    f"no sentence names {', '.join(missing)}",
                    "say what each symbol means, near the formula",
                )


def _display_formulas(question: Question) -> Iterator[FormulaBlock]:
    texts = filter(None, (question.intuition, question.answer, question.going_deeper))
    return (block for text in texts for block in text.every(FormulaBlock))


def _symbols(tex: str, *, deep: bool = False) -> set[str]:
    """The letters of a formula; with `deep`, those below and above others as well."""
    body = tex if deep else _NO_SYMBOL.sub(" ", tex)
    return {f"\\{greek}" if greek else latin for greek, latin in _SYMBOL.findall(body)}


def connections(collection: Collection) -> Iterator[Problem]:
    """Questions that refer to themselves, and those that nothing leads to or from."""
    if len(collection.questions) < 2:
        return
    leads_to = {q.id: set(q.related) | _linked(collection, q) for q in collection.questions}
    reached = {other for source, others in leads_to.items() for other in others - {source}}
    for question in collection.questions:
        if question.id in leads_to[question.id]:
            yield Problem(
                question.place_of(f"related/{question.id}"),
                "self-link",
                "the question refers to itself",
                "take the reference out",
            )
        if not leads_to[question.id] - {question.id} and question.id not in reached:
            yield Problem(
                question.place,
                "orphan-question",
                "nothing leads to this question or away from it",
                "add `related:` to the front matter",
            )


def _linked(collection: Collection, question: Question) -> set[str]:
    files = (linked_file(link.target, question) for link in question.every(Link))
    return {collection.by_path[f].id for f in files if f and f in collection.by_path}


def code_size(collection: Collection) -> Iterator[Problem]:
    """Code that is run and too long or too wide for a page."""
    for question in collection.questions:
        for block in question.every(CodeBlock):
            rows = block.code.rstrip("\n").split("\n") if block.is_run else []
            widest = max((len(row) for row in rows), default=0)
            if len(rows) > MOST_LINES or widest > MOST_COLUMNS:
                yield Problem(
                    block.place,
                    "code-size",
                    f"the code has {len(rows)} lines, the longest of {widest} columns",
                    f"at most {MOST_LINES} lines of {MOST_COLUMNS} columns",
                )
