"""Links between questions, and citations."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from dlexport.document import Citation, Link
from dlexport.model import Collection, Question
from dlexport.problems import Place, Problem, did_you_mean
from dlexport.reading.links import (
    TOP,
    cited_keys,
    element_ids,
    leads_inside,
    linked_file,
    linked_id,
)


def broken_links(collection: Collection) -> Iterator[Problem]:
    """A link to a Markdown file that is no question, or to what a question does not have."""
    for question in collection.questions:
        for link in question.every(Link):
            href, place = link.target, link.place
            path = linked_file(href, question)
            if path is not None and path not in collection.by_path:
                names = [p.name for p in collection.by_path]
                message = f"{href} is no question of this collection"
                yield Problem(place, "broken-link", message, did_you_mean(path.name, names))
            elif leads_inside(href, question):
                other = collection.by_path[path] if path else question
                yield from _broken_id(other, unquote(href), linked_id(href), place)


def _broken_id(question: Question, href: str, wanted: str, place: Place) -> Iterator[Problem]:
    headings = question.section_ids | question.heading_ids
    if wanted and wanted != TOP and wanted not in headings | element_ids(question):
        message = f"{href}: “{question.id}” has no heading “{wanted}”"
        yield Problem(place, "broken-link", message, did_you_mean(wanted, headings))


def unknown_references(collection: Collection) -> Iterator[Problem]:
    """A reference, in the front matter or cited, that the bibliography lacks."""
    known = collection.bibliography
    for question in collection.questions:
        places = {key: question.place_of(f"references/{key}") for key in question.references}
        for citation in question.every(Citation):
            places |= dict.fromkeys(citation.keys, citation.place)
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
