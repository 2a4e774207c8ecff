"""Every rule over the whole collection.

A rule is a function from the collection to the problems it finds. Rules of
the `interview` profile are stricter than the format itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dlexport.check import (
    allowances,
    cards,
    code,
    formulas,
    identity,
    links,
    marks,
    numbers,
    plans,
    prerequisites,
    prose,
    released,
    sections,
    untrusted,
)
from dlexport.ledger import Face
from dlexport.model import Collection
from dlexport.problems import Problem, Problems, Severity
from dlexport.rendering.session import Session

Rule = Callable[[Collection], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    identity.duplicate_ids,
    identity.duplicate_numbers,
    identity.former_ids,
    identity.unknown_related,
    identity.unknown_required,
    identity.unknown_tags,
    prerequisites.circular_requires,
    plans.unknown_decks,
    plans.unknown_tags,
    plans.empty_plans,
    links.broken_links,
    links.unknown_references,
    links.unused_references,
    code.outputs,
    code.languages,
    formulas.key_formulas,
    marks.unknown_marks,
    marks.unknown_elements,
    marks.control_characters,
    marks.open_comments,
    marks.open_formulas,
    untrusted.bad_addresses,
    untrusted.bad_sizes,
    untrusted.bad_attributes,
    numbers.measured_numbers,
)
PROFILES: dict[str, tuple[Rule, ...]] = {
    "free": (),
    "interview": (
        sections.missing_keys,
        sections.missing_sections,
        prose.lengths,
        prose.short_answer_form,
        prose.undated,
        prose.references,
        prose.unnamed_symbols,
        prose.connections,
        prose.code_size,
        formulas.unmarked_keys,
        cards.number_of_cards,
        cards.fronts,
        cards.backs,
        cards.deletions,
        cards.near_duplicates,
    ),
}


def run(
    collection: Collection,
    problems: Problems,
    session: Session,
    faces: Callable[[], Mapping[str, Face]] = dict,
) -> None:
    """Add what the rules of the collection's profile find to `problems`.

    `faces` gives what readers get of each card; it is asked only where something was
    released, and if there is no error. Warnings that a question allows, with a reason, are
    counted and not added.
    """
    rules = (*RULES, *PROFILES[collection.metadata.profile])
    found = [problem for rule in rules for problem in rule(collection)]
    found += formulas.bad_formulas(collection, session.engine(collection))
    is_whole = not problems.errors and all(p.severity is not Severity.ERROR for p in found)
    found += _against_releases(collection, faces() if is_whole and collection.ledger else {})
    problems.extend(allowances.apply(collection, found, problems))


def _against_releases(collection: Collection, faces: Mapping[str, Face]) -> Iterable[Problem]:
    yield from released.kept_promises(collection, faces)
    yield from released.renamed_decks(collection, faces)
