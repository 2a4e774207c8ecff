"""Links between questions, and citations."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from dlexport.model import Collection, Question
from dlexport.problems import Problem, did_you_mean
from dlexport.reading.links import cited_keys, linked_file


def broken_links(collection: Collection) -> Iterator[Problem]:
    """A link to a Markdown file that is no question of the collection."""
    for question in collection.questions:
        for token in _tokens(question, "link_open"):
            path = linked_file(str(token.attrs.get("href", "")), question)
            if path is not None and path not in collection.by_path:
                names = [p.name for p in collection.by_path]
                yield Problem(
                    token.meta["place"],
                    "broken-link",
                    f"{token.attrs['href']} is no question of this collection",
                    did_you_mean(path.name, names),
                )


def unknown_references(collection: Collection) -> Iterator[Problem]:
    """A reference, in the front matter or cited, that the bibliography lacks."""
    known = collection.bibliography
    for question in collection.questions:
        places = {key: question.place_of(f"references/{key}") for key in question.references}
        for token in _tokens(question, "citation"):
            places |= dict.fromkeys(token.meta["keys"], token.meta["place"])
        for key, place in places.items():
            if key not in known:
                hint = did_you_mean(key, known) or "add it to references.bib"
                yield Problem(
                    place, "unknown-reference", f"“{key}” is not in the bibliography", hint
                )


def unused_references(collection: Collection) -> Iterator[Problem]:
    """An entry of the bibliography that no question names."""
    used = {key for question in collection.questions for key in cited_keys(question)}
    for key, reference in collection.bibliography.items():
        if key not in used:
            yield Problem(
                reference.place,
                "unused-reference",
                f"nothing cites “{key}”",
                "cite it or delete it",
            )


def _tokens(question: Question, kind: str) -> Iterator[Token]:
    return (t for text in question.texts for t in text.everything if t.type == kind)
