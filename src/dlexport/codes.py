"""The codes of problems, one line each: the code, its severity, what it says."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A kind of problem."""

    severity: str
    summary: str


def _table(severity: str, rows: dict[str, str]) -> dict[str, Code]:
    return {code: Code(severity, summary) for code, summary in rows.items()}


CODES: dict[str, Code] = {
    **_table(
        "error",
        {
            "no-questions": "the folder holds no question",
            "unreadable-file": "a file or folder of the collection cannot be read",
            "bad-symlink": "a symbolic link that leads out of the content, to itself or nowhere",
            "not-utf8": "a file is not UTF-8",
            "control-character": "a file holds a character that no output can show",
            "bad-yaml": "the front matter is not valid YAML",
            "bad-toml": "collection.toml is not valid TOML",
            "bad-bibtex": "references.bib is not valid BibTeX",
            "unknown-key": "a key that the format does not have",
            "missing-key": "a key that has to be there is not",
            "duplicate-key": "one key stands twice",
            "wrong-type": "a value is of another type than the key wants",
            "bad-value": "a value is of the right type but cannot be",
            "unknown-section": "a second-level heading that the format does not have",
            "missing-section": "a section that has to be there is not",
            "duplicate-section": "one section stands twice",
            "section-order": "sections are not in their order",
            "empty-section": "a section without text",
            "open-comment": "a comment without an end, which hides what follows",
            "duplicate-footnote": "two footnotes of a file share one label",
            "stray-text": "text that belongs to no section",
            "missing-question": "a file has neither a question nor a first-level heading",
            "duplicate-question": "a file gives its question twice",
            "bad-id": "an id is malformed",
            "duplicate-id": "two questions or cards share one id, or a former one",
            "duplicate-number": "two questions of a deck, or two decks, share one number",
            "duplicate-deck": "two decks share one folder, id or title",
            "unknown-deck": "a deck that is not there, or a folder without questions",
            "unknown-reference": "a key that the bibliography does not have",
            "unknown-related": "a related question that is not there",
            "unknown-required": "a question to know before that is not there",
            "circular-requires": "questions that require each other, so that none can be first",
            "empty-plan": "a study plan that no question belongs to",
            "broken-link": "a link to a file that is not there",
            "missing-picture": "a picture that is not there",
            "picture-outside": "a picture outside the collection's folder",
            "remote-picture": "a picture on another server",
            "bad-picture": "a picture that cannot be used",
            "missing-alt": "a picture without alternative text",
            "bad-card": "a card's heading or attribute list is malformed",
            "empty-card": "a card without a front or a back",
            "cloze-without-deletion": "a cloze card that hides nothing",
            "bad-cloze": "a cloze deletion is malformed",
            "bad-formula": "a formula that cannot be drawn",
            "missing-output": "code that is run without its output below",
            "stray-output": "output without code that is run above",
            "bad-list": "a list item is not of the form its section wants",
            "too-deep": "text nested so deep that part of it would be lost",
            "bad-ledger": "ledger.json or tombstones.toml cannot be read",
            "vanished-id": "a released card is gone without a tombstone",
            "reused-id": "a card has the id of one that was removed",
            "changed-kind": "a released card is of another kind now",
            "unknown-was": "a former id that no card was released with",
            "other-namespace": "the ledger is of another namespace than the collection",
            "bad-allowance": "an allowance without a reason, or for an unknown code",
            "unknown-number": "a measured number whose source is not there",
            "wrong-number": "a measured number that its source does not have",
            "unknown-date": "git does not tell the date by which Anki knows newer notes",
            "code-failed": "code ended in an error or took too long",
            "wrong-output": "code prints something else than the text says",
        },
    ),
    **_table(
        "warning",
        {
            "short-answer-length": "a short answer of fewer than 20 or more than 45 words",
            "short-answer-form": "a short answer with lists, code or pictures",
            "answer-length": "an answer of fewer than 250 or more than 700 words",
            "undated": "words that age in a paragraph without a year",
            "few-references": "fewer than two references",
            "uncited-reference": "a listed reference that the text does not cite",
            "unnamed-symbol": "a symbol of a formula that no sentence names",
            "self-link": "a question that refers to itself",
            "orphan-question": "a question that nothing leads to or away from",
            "key-formula": "`.key` on more than three formulas, or on what is none",
            "unmarked-key": "display formulas in an answer, and none marked by `.key`",
            "code-size": "code that is run and is longer or wider than a page takes",
            "card-count": "fewer than 3 or more than 8 cards",
            "core-count": "no core card, or more than 3",
            "front-length": "a card's front of more than 25 words",
            "front-yes-no": "a card's front that can be answered by yes or no",
            "front-command": "a card's front that asks for an explanation or a list",
            "back-length": "a card's back of more than 25 words (cloze 40, each choice 25)",
            "back-list": "a list on a card's back",
            "cloze-length": "a deletion that hides more than 6 words",
            "near-duplicate": "two cards that ask nearly the same",
            "released-as": "a card with the text that another card was released with",
            "changed-deletion": "a released deletion that is gone or hides something else",
            "renamed-deck": "a released deck that has another name now",
            "unused-allowance": "an allowance that allows nothing",
            "unknown-tag": "a tag that the table of tags does not have, or no question",
            "unknown-mark": "attributes after brackets that mean nothing",
            "lost-cells": "a row of a table with more cells than the table has columns",
            "open-code": "a code block without an end, which takes what follows",
            "open-formula": "a mark `$$` that is read as text",
            "unused-footnote": "a footnote that nothing refers to, so that it is shown nowhere",
            "unknown-footnote": "a reference to a footnote that is not there",
            "second-question": "a second first-level heading in a file, which is one question",
            "bad-address": "an address that is none of the web or of mail: it is no link",
            "unknown-element": "a tag of HTML that no output takes, shown as text",
            "unstable-output": "code prints another last digit than the text, or than elsewhere",
            "unknown-language": "a code block in a language that is not highlighted",
            "repeated-symlink": "a symbolic link to questions that are read already",
            "unknown-tombstone": "a tombstone for what was never released",
            "uncertain-date": "git does not tell when the content was last changed",
            "cut-by-comment": "a comment in the front matter that was meant as text",
            "shared-name": "files or folders with like names, told apart by more than these",
            "no-namespace": "a collection without a namespace, on which learners' cards hang",
            "missing-glyph": "a character that no font has",
            "small-formula": "a formula that print shrinks to less than half of its size",
            "small-picture": "a picture that print shrinks to less than half of its size",
            "cut-card": "a card whose text is too long for a flash card, and is cut off",
            "left-out-link": "a link to a question that is not in the selection",
            "exporter-warning": "what a part that makes an output warns of",
            "unused-reference": "an entry of the bibliography that nothing cites",
        },
    ),
}

# What only a build finds, and not every one: an allowance for it is never unused.
FOUND_BY_BUILDS = frozenset(
    (
        "no-namespace",
        "missing-glyph",
        "small-formula",
        "small-picture",
        "cut-card",
        "left-out-link",
        "exporter-warning",
    )
)
