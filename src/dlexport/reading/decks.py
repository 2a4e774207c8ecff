"""Decks: each folder with questions is one, be it named in collection.toml or not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from dlexport.model import Deck, Level
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import ids
from dlexport.reading.settings import DeckSettings, title_from
from dlexport.reading.source import display_name

TOP = "."  # the folder of the content itself


def decks(
    root: Path, title: str, named: Sequence[DeckSettings], paths: Iterable[Path], problems: Problems
) -> dict[str, Deck]:
    """The decks without their questions, by folder, in their order.

    `paths` are the files of the questions, `title` is that of the collection.
    """
    folders = list(dict.fromkeys(folder_of(path, root) for path in paths))
    settings = {deck.folder: deck for deck in named}
    _check_named(named, folders, problems)
    report = _Report(root, settings, problems)
    levels = _levels(folders, settings, title, report)
    order = _in_order(folders, levels, list(settings))
    found_ids = _deck_ids(order, settings, report)
    found = [
        Deck(found_ids[folder], ": ".join(level.title for level in way), (), way)
        for folder in order
        for way in [tuple(levels[part] for part in _way(folder))]
    ]
    labels = _labels(found)
    return {f: replace(d, label=labels[d.id]) for f, d in zip(order, found, strict=True)}


def folder_of(path: Path, root: Path) -> str:
    """The folder that a file lies in, as settings name it."""
    return ids.in_form(path.parent.relative_to(root).as_posix())


class _Report:
    """Says what was done, or cannot be done, about folders with like names."""

    def __init__(
        self, root: Path, settings: Mapping[str, DeckSettings], problems: Problems
    ) -> None:
        self._root = root
        self._settings = settings
        self._problems = problems

    def told_apart(self, folder: str, what: str, shared: str, now: str) -> None:
        self._problems.add(
            "shared-name",
            self._place(folder),
            f"{what} “{shared}” would be that of another folder too; this one has “{now}”",
            f"give the folder {what} of its own below [[decks]] in collection.toml",
        )

    def same(self, folder: str, what: str, name: str, other: str) -> None:
        self._problems.add(
            "duplicate-deck",
            self._place(folder),
            f"{what} “{name}” is that of the folder {other} too",
            "rename one of the folders, or name both below [[decks]] in collection.toml",
        )

    def _place(self, folder: str) -> Place:
        named = self._settings.get(folder)
        return named.place if named else Place(display_name(self._root / folder))


def _check_named(named: Iterable[DeckSettings], folders: Sequence[str], problems: Problems) -> None:
    """Report the folders in collection.toml that no question lies in or below."""
    known = {part for folder in folders for part in _way(folder)}
    for deck in named:
        if deck.folder not in known:
            message = f"no question lies in a folder {deck.folder}"
            problems.add("unknown-deck", deck.place, message, did_you_mean(deck.folder, known))


def _way(folder: str) -> list[str]:
    """The folders from the content down to this one: `a`, `a/b` for `a/b`."""
    parts = PurePosixPath(folder).parts
    return ["/".join(parts[: i + 1]) for i in range(len(parts))] if parts else [TOP]


def _in_order(
    folders: Iterable[str], levels: Mapping[str, Level], named: Sequence[str]
) -> list[str]:
    """Folders by their numbers; then as collection.toml names them; then by title, as Anki."""
    place = {folder: i for i, folder in enumerate(named)}

    def key(folder: str) -> tuple[bool, int, int, str]:
        level = levels[folder]
        row = 0 if level.number else place.get(folder, len(place))
        return not level.number, int(level.number or 0), row, ids.folded(level.title)

    return sorted(folders, key=lambda folder: [key(part) for part in _way(folder)])


def _is_number(name: str) -> bool:
    return bool(re.fullmatch("[0-9]{1,6}", name))


def _levels(
    folders: Iterable[str], settings: Mapping[str, DeckSettings], title: str, report: _Report
) -> dict[str, Level]:
    """Each folder's number and title; no two folders of one folder have the same name."""
    ways = dict.fromkeys(part for folder in folders for part in _way(folder))
    levels = {folder: _level(folder, settings.get(folder), title) for folder in ways}

    def key(folder: str) -> str:
        parent = folder.rpartition("/")[0]
        return f"{parent}/{ids.folded(levels[folder].name)}"

    for group in _shared(levels, key):
        # A folder has its own title, or its name gives it one that can be changed.
        for folder in [f for f in group if not (f in settings and settings[f].title)]:
            shared = levels[folder].title
            levels[folder] = replace(levels[folder], title=f"{shared} ({ids.short_hash(folder)})")
            report.told_apart(folder, "a title", shared, levels[folder].title)
    for first, *others in _shared(levels, key):
        for folder in others:
            report.same(folder, "the title", levels[folder].title, first)
    return levels


def _level(folder: str, settings: DeckSettings | None, title: str) -> Level:
    name = PurePosixPath(folder).name
    number = ids.split_number(name)[0] or (name if _is_number(name) else "")
    if settings and settings.number:
        number = str(settings.number)
    own = settings.title if settings else ""
    made = title if folder == TOP else title_from(name)
    return Level(number.zfill(2) if number else "", own or made)


def _deck_ids(
    order: Sequence[str], settings: Mapping[str, DeckSettings], report: _Report
) -> dict[str, str]:
    """Each deck's id; one that two folders would have goes to neither, unless it is set."""
    own = {folder: settings[folder].id for folder in order if folder in settings}
    found = {folder: own.get(folder) or id_of_folder(folder) for folder in order}

    def key(folder: str) -> str:
        return ids.folded(found[folder])

    for group in _shared(found, key):
        is_set = any(own.get(folder) for folder in group)
        for folder in group:
            shared = found[folder]
            if not own.get(folder) and (is_set or folder.replace("/", "-") != shared):
                found[folder] = f"{shared}-{ids.short_hash(folder)}"
                report.told_apart(folder, "an id", shared, found[folder])
    for first, *others in _shared(found, key):
        for folder in others:
            report.same(folder, "the id", found[folder], first)
    return found


def id_of_folder(folder: str) -> str:
    """The id that a folder's path gives."""
    names = [ids.split_number(part)[1] for part in PurePosixPath(folder).parts]
    return "-".join(ids.id_of(name, "deck") for name in names) or "questions"


def _shared(folders: Iterable[str], key: Callable[[str], str]) -> Iterator[list[str]]:
    """The folders that share a key with others, together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        groups[key(folder)].append(folder)
    return (group for group in list(groups.values()) if len(group) > 1)


def _labels(decks: Sequence[Deck]) -> dict[str, str]:
    """What decks are called before the number of a question: their numbers, else their ids."""
    numbers = {
        deck.id: ".".join(str(int(level.number)) for level in deck.levels if level.number)
        for deck in decks
        if deck.levels[-1].number
    }
    taken = Counter(numbers.values())
    ids_and_numbers = ((deck.id, numbers.get(deck.id, "")) for deck in decks)
    return {id: number if taken[number] == 1 else id for id, number in ids_and_numbers}
