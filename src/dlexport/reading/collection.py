"""Put files together into one read-only collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from dlexport.document import Text
from dlexport.ledger import Ledger
from dlexport.metadata import AnkiIds
from dlexport.model import Collection, Deck, Question, Reference
from dlexport.problems import Place, Problems
from dlexport.reading import bibliography, ledger, pictures, settings, tombstones
from dlexport.reading.decks import decks as found_decks
from dlexport.reading.decks import folder_of
from dlexport.reading.files import ContentFiles, content_files
from dlexport.reading.merging import has_marks
from dlexport.reading.numbering import numbered
from dlexport.reading.question import parse_introduction, parse_question
from dlexport.reading.questionids import settled
from dlexport.reading.source import (
    BIBLIOGRAPHY,
    CONFIG,
    INTRODUCTION,
    LEDGER,
    TOMBSTONES,
    Source,
    display_name,
    has_sound_name,
    read,
)


def read_collection(
    root: Path, problems: Problems, released: Callable[[AnkiIds], Ledger] | None = None
) -> Collection:
    """Read the collection in the folder `root`, reporting everything that is wrong.

    `released` gives what stands in place of the ledger for a collection of these ids.
    Raise UsageError if there is no such folder. The collection is whole only
    if no error was reported.
    """
    files = content_files(root)
    problems.extend(files.problems)
    paths = [path for path in files.questions if has_sound_name(path, problems)]
    config = settings.load(root, _optional(files, CONFIG, problems), problems)
    decks = found_decks(root, config.metadata.title, config.decks, paths, problems)
    recorded = ledger.read(_optional(files, LEDGER, problems), problems)
    record = released(config.metadata.anki) if released else recorded
    questions = settled(_questions(root, paths, decks, problems), root, decks, record, problems)
    if not paths and not problems.errors:
        problems.add(
            "no-questions",
            Place(display_name(root)),
            "the folder holds no question",
            "put a Markdown file into it: `# Question?` and its answer below",
        )
    introduction = _introduction(files, problems)
    with_file = (introduction, root.resolve() / INTRODUCTION) if introduction else None
    return Collection(
        root=root.resolve(),
        metadata=config.metadata,
        decks=_with_questions(decks.values(), numbered(questions, decks.values())),
        introduction=introduction,
        bibliography=_bibliography(files, problems),
        pictures=pictures.collect(files, questions, with_file, problems),
        plans=config.plans,
        deck_order=tuple(deck.id for deck in decks.values()),
        ledger=record,
        tombstones=_tombstones(files, recorded, record, problems),
    )


def _questions(
    root: Path, paths: Iterable[Path], decks: Mapping[str, Deck], problems: Problems
) -> list[Question]:
    return [
        question
        for path in paths
        if (source := read(path, problems))
        and not has_marks(source, problems)
        and (question := parse_question(source, decks[folder_of(path, root)].id, problems))
    ]


def _optional(files: ContentFiles, name: str, problems: Problems) -> Source | None:
    path = files.named(name)
    return read(path, problems) if path else None


def _introduction(files: ContentFiles, problems: Problems) -> Text | None:
    source = _optional(files, INTRODUCTION, problems)
    is_whole = source and not has_marks(source, problems)
    return parse_introduction(source, problems) if source and is_whole else None


def _bibliography(files: ContentFiles, problems: Problems) -> Mapping[str, Reference]:
    source = _optional(files, BIBLIOGRAPHY, problems)
    return bibliography.read(source, problems) if source else {}


def _tombstones(
    files: ContentFiles, recorded: Ledger | None, record: Ledger | None, problems: Problems
) -> Mapping[str, str]:
    source = _optional(files, TOMBSTONES, problems)
    ledgers = [known for known in (recorded, record) if known]
    return tombstones.read(source, ledgers, recorded is not None, problems)


def _with_questions(decks: Iterable[Deck], questions: Iterable[Question]) -> tuple[Deck, ...]:
    by_deck: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_deck[question.deck].append(question)
    return tuple(
        replace(deck, questions=tuple(by_deck[deck.id])) for deck in decks if by_deck[deck.id]
    )
