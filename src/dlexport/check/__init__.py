"""Every rule over the whole collection.

A rule is a function from the collection to the problems it finds. Rules of
the `interview` profile are stricter than the format itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dlexport.check import code, formulas, identity, links, released, sections
from dlexport.model import Collection
from dlexport.problems import Problem, Problems

Rule = Callable[[Collection], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    identity.duplicate_ids,
    identity.duplicate_numbers,
    identity.unknown_related,
    released.kept_promises,
    links.broken_links,
    links.unknown_references,
    links.unused_references,
    code.outputs,
    code.languages,
    formulas.bad_formulas,
)
PROFILES: dict[str, tuple[Rule, ...]] = {
    "free": (),
    "interview": (sections.missing_keys, sections.missing_sections),
}


def run(collection: Collection, problems: Problems) -> None:
    """Add what the rules of the collection's profile find to `problems`."""
    for rule in (*RULES, *PROFILES[collection.metadata.profile]):
        problems.extend(rule(collection))
