"""What collection.toml says, or what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dlexport.problems import Place


class Frequency(StrEnum):
    """How often interviewers ask a question."""

    OFTEN = "often"
    SOMETIMES = "sometimes"
    RARELY = "rarely"


@dataclass(frozen=True, slots=True)
class Plan:
    """A study plan of collection.toml: so many days, and what they are for.

    `minutes` are those of a day, 0 where there is no limit. It is about questions of any
    of the decks or with any of the tags, all where both are empty, as far as they are
    `asked` as often as that says, which may be empty too.
    """

    id: str
    title: str
    days: int
    minutes: int
    decks: tuple[str, ...]
    tags: tuple[str, ...]
    asked: tuple[Frequency, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class AnkiIds:
    """What ties a collection to the decks in learners' programs.

    `has_namespace` says whether the namespace is set, or stands in for one that is not.
    """

    namespace: str
    deck_id: int
    note_type_ids: Mapping[str, int]
    tag_prefix: str
    has_namespace: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What collection.toml says, or what stands in for it."""

    title: str
    slug: str
    language: str
    authors: tuple[str, ...]
    licence: str
    version: str
    updated: str
    description: str
    homepage: str
    site: str
    profile: str
    anki: AnkiIds
    macros: Mapping[str, str]
    # Titles of tags; empty where collection.toml has no table of them.
    tags: Mapping[str, str]
