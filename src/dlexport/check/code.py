"""Code blocks: outputs where they belong, languages that are known."""

from __future__ import annotations

from collections.abc import Iterator

from dlexport.check.runcode import is_output, is_runnable
from dlexport.document import Text
from dlexport.model import Collection
from dlexport.problems import Problem
from dlexport.rendering.highlight import is_known_language


def outputs(collection: Collection) -> Iterator[Problem]:
    """Code that is run without its output, and output without its code."""
    for question in collection.questions:
        for text in question.texts:
            yield from _outputs(text)


def _outputs(text: Text) -> Iterator[Problem]:
    tokens = text.tokens
    for i, token in enumerate(tokens):
        if is_runnable(token) and not (i + 1 < len(tokens) and is_output(tokens[i + 1])):
            yield Problem(
                token.meta["place"],
                "missing-output",
                "the code is run, but its output does not follow",
                "put what it prints into an `output` block right below",
            )
        if is_output(token) and not (i > 0 and is_runnable(tokens[i - 1])):
            yield Problem(
                token.meta["place"],
                "stray-output",
                "no code that is run stands right above",
                "mark the code above as `python run`",
            )


def languages(collection: Collection) -> Iterator[Problem]:
    """A fence in a language that is not highlighted."""
    for question in collection.questions:
        for text in question.texts:
            for token in text.everything:
                language = token.info.split()[:1] if token.type == "fence" else []
                if language and not is_known_language(language[0]):
                    yield Problem(
                        token.meta["place"],
                        "unknown-language",
                        f"“{language[0]}” is not highlighted",
                        "use `text` for plain text",
                    )
