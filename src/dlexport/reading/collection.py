"""Put files together into one read-only collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from dlexport.document import Text
from dlexport.model import Collection, Deck, Question, Reference
from dlexport.problems import Place, Problems
from dlexport.reading import bibliography, ledger, pictures, settings
from dlexport.reading.question import parse_introduction, parse_question
from dlexport.reading.settings import DeckSettings, Settings
from dlexport.reading.source import (
    BIBLIOGRAPHY,
    CONFIG,
    INTRODUCTION,
    LEDGER,
    TOMBSTONES,
    Source,
    display_name,
    question_paths,
    read,
)


def read_collection(root: Path, problems: Problems) -> Collection:
    """Read the collection in the folder `root`, reporting everything that is wrong.

    Raise UsageError if there is no such folder. The collection is whole only
    if no error was reported.
    """
    paths = list(question_paths(root))
    config = settings.load(root, _optional(root / CONFIG, problems), problems)
    decks = _DeckBook(root, config, problems)
    questions = [
        question
        for path in paths
        if (source := read(path, problems))
        and (question := parse_question(source, decks.id_of(path), problems))
    ]
    if not paths:
        problems.add(
            "no-questions",
            Place(display_name(root)),
            "the folder holds no question",
            "put a Markdown file into it: `# Question?` and its answer below",
        )
    introduction = _introduction(root, problems)
    with_file = (introduction, root.resolve() / INTRODUCTION) if introduction else None
    return Collection(
        root=root.resolve(),
        metadata=config.metadata,
        decks=_decks(decks, _numbered(questions)),
        introduction=introduction,
        bibliography=_bibliography(root, problems),
        pictures=pictures.collect(root, questions, with_file, problems),
        plans=config.plans,
        ledger=ledger.read(_optional(root / LEDGER, problems), problems),
        tombstones=ledger.read_tombstones(_optional(root / TOMBSTONES, problems), problems),
    )


def _optional(path: Path, problems: Problems) -> Source | None:
    return read(path, problems) if path.exists() else None


def _introduction(root: Path, problems: Problems) -> Text | None:
    source = _optional(root / INTRODUCTION, problems)
    return parse_introduction(source, problems) if source else None


def _bibliography(root: Path, problems: Problems) -> Mapping[str, Reference]:
    source = _optional(root / BIBLIOGRAPHY, problems)
    return bibliography.read(source, problems) if source else {}


class _DeckBook:
    """The decks: those of collection.toml first, then a deck for each other folder."""

    def __init__(self, root: Path, config: Settings, problems: Problems) -> None:
        self.root = root
        self.title = config.metadata.title
        self.by_folder = {deck.folder: deck for deck in config.decks}
        for deck, place in zip(config.decks, config.deck_places, strict=True):
            if not (root / deck.folder).is_dir():
                problems.add("unknown-deck", place, f"there is no folder {deck.folder}")

    def id_of(self, path: Path) -> str:
        """The id of the deck that a file belongs to."""
        folder = path.parent.relative_to(self.root).as_posix()
        if folder not in self.by_folder:
            self.by_folder[folder] = self._new(folder)
        return self.by_folder[folder].id

    def _new(self, folder: str) -> DeckSettings:
        if folder == ".":
            return DeckSettings(folder, "questions", self.title)
        deck = settings.deck_settings_from_folder(folder)
        taken = {d.id for d in self.by_folder.values()}
        return deck if deck.id not in taken else replace(deck, id=settings.slugify(folder))


def _numbered(questions: Iterable[Question]) -> list[Question]:
    """Questions in their order; those without a number follow in the order of their files."""
    ordered = sorted(questions, key=lambda q: (q.number == 0, q.number, q.path.as_posix()))
    highest = max((q.number for q in ordered), default=0)
    result = []
    for question in ordered:
        if question.number == 0:
            highest += 1
            question = replace(question, number=highest)
        result.append(question)
    return result


def _decks(decks: _DeckBook, questions: Iterable[Question]) -> tuple[Deck, ...]:
    by_deck: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_deck[question.deck].append(question)
    return tuple(
        Deck(deck.id, deck.title, tuple(by_deck[deck.id]))
        for deck in decks.by_folder.values()
        if by_deck[deck.id]
    )
