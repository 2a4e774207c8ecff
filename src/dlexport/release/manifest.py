"""`release.json`: a release's contents as a file, written with every build."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dlexport.problems import UsageError
from dlexport.reading.ids import is_id
from dlexport.release.contents import (
    Contents,
    ReleasedCard,
    ReleasedDeck,
    ReleasedQuestion,
)

RELEASE = "release.json"
FORMAT = "dlexport release"
FORMAT_VERSION = 1

# What a question has only where it says something.
_WHERE_THERE = ("asked", "requires", "was", "cited")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_HOW_TO_MEND = (
    "name the folder that dlexport wrote that release to, or one with the "
    f"{RELEASE} that was published with it"
)


def dump(contents: Contents) -> bytes:
    """The contents as JSON, a line for each deck, question and card: changes can be read."""

    def rows(items: list[str], indent: str) -> str:
        return "".join(f"\n{indent}{item}," for item in items)[:-1]

    data = asdict(contents)
    decks, questions = data.pop("decks"), data.pop("questions")
    blocks = []
    for question in questions:
        found = rows([_json(_card_row(card)) for card in question.pop("cards")], "      ")
        for key in _WHERE_THERE:
            if not question[key]:
                del question[key]
        blocks.append(f'{_json(question)[:-1]}, "cards": [{found}]}}')
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, **data}
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    lines.append(f'"decks": [{rows([_json(deck) for deck in decks], "    ")}]')
    lines.append(f'"questions": [{rows(blocks, "    ")}]')
    return ("{" + rows(lines, "  ") + "\n}\n").encode()


def _card_row(card: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in card.items() if key != "deletions" or value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read(folder: Path, slug: str) -> Contents:
    """What the release in a folder held.

    Raise UsageError where there is no such folder, or nothing in it that says so, or
    something else than a release of the collection `slug`.
    """
    path = folder / RELEASE
    found = _parsed(path, _text(folder, path))
    if found.slug != slug:
        raise UsageError(
            f"{path}: is a release of the collection “{found.slug}”, this one is “{slug}”; "
            + _HOW_TO_MEND
        )
    return found


def _text(folder: Path, path: Path) -> str:
    try:
        if not folder.exists():
            raise UsageError(f"{folder}: there is no such folder; {_HOW_TO_MEND}")
        if not folder.is_dir():
            raise UsageError(f"{folder}: is a file, not a release's folder; {_HOW_TO_MEND}")
        if not path.exists():
            raise UsageError(f"{folder}: holds no {RELEASE}, {_held(folder)}; {_HOW_TO_MEND}")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"{path}: cannot be read: {reason}; {_HOW_TO_MEND}") from error


def _held(folder: Path) -> str:
    """What a folder holds instead, as the end of a sentence."""
    names = sorted(entry.name for entry in folder.iterdir())
    more = " and more" if len(names) > 5 else ""
    return f"only {', '.join(names[:5])}{more}" if names else "it is empty"


def _parsed(path: Path, text: str) -> Contents:
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise UsageError(f"{path}: is no file that dlexport wrote; {_HOW_TO_MEND}")
        if data.get("format_version") != FORMAT_VERSION:
            raise UsageError(
                f"{path}: is of format {json.dumps(data.get('format_version'))}, written by "
                f"{json.dumps(data.get('generator'))}; this dlexport reads format "
                f"{FORMAT_VERSION}: install that version, or a newer one"
            )
        found = _contents(_Part(data, ""))
        _refuse_doubles(found)
    except (ValueError, RecursionError) as error:
        message = f"{path}: is damaged ({error}); take it from the release again"
        raise UsageError(message) from error
    return found


class _Part:
    """An object of the file; a value of another type than is asked for is a ValueError."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, dict):
            raise ValueError(f"{place} is no object")
        self._data = data
        self._place = place

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str) -> str:
        """A text, on one line; it is shown on terminals and in the notes."""
        found = " ".join(str(self._value(key, str)).split())
        if _CONTROL.search(found):
            raise ValueError(f"{self._place}{key} is {json.dumps(found)[:40]}")
        return found

    def id(self) -> str:
        """An id, which goes into searches as it is."""
        found = self.text("id")
        if not is_id(found):
            raise ValueError(f"{self._place}id is {json.dumps(found)[:40]}")
        return found

    def number(self, key: str) -> int:
        """A whole number."""
        return int(self._value(key, int))

    def flag(self, key: str) -> bool:
        """True or false."""
        return bool(self._value(key, bool))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._value(key, list)
        if not all(isinstance(item, str) for item in found):
            raise ValueError(f"{self._place}{key} holds something else than text")
        return tuple(found)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty where there is none."""
        found = self._value(key, list) if key in self else []
        if not all(type(item) is int for item in found):
            raise ValueError(f"{self._place}{key} holds something else than whole numbers")
        return tuple(found)

    def hashes(self) -> Mapping[str, str]:
        """The hashes of the parts."""
        found = self._value("hashes", dict)
        if not all(isinstance(value, str) for value in found.values()):
            raise ValueError(f"{self._place}hashes holds something else than text")
        return dict(found)

    def parts(self, key: str) -> list[_Part]:
        """A list of objects."""
        found = self._value(key, list)
        return [_Part(item, f"{self._place}{key}[{i}].") for i, item in enumerate(found)]

    def _value(self, key: str, kind: type) -> Any:
        if key not in self._data:
            raise ValueError(f"{self._place}{key} is missing")
        value = self._data[key]
        if type(value) is not kind:
            raise ValueError(f"{self._place}{key} is {json.dumps(value)[:40]}")
        return value


def _contents(data: _Part) -> Contents:
    return Contents(
        slug=data.text("slug"),
        title=data.text("title"),
        version=data.text("version"),
        date=data.text("date"),
        generator=data.text("generator"),
        site=data.text("site"),
        namespace=data.text("namespace"),
        tag_prefix=data.text("tag_prefix"),
        decks=tuple(
            ReleasedDeck(part.id(), part.text("title"), part.text("name"))
            for part in data.parts("decks")
        ),
        questions=tuple(_question(part) for part in data.parts("questions")),
    )


def _question(data: _Part) -> ReleasedQuestion:
    return ReleasedQuestion(
        id=data.id(),
        number=data.number("number"),
        title=data.text("title"),
        deck=data.text("deck"),
        difficulty=data.text("difficulty"),
        tags=data.texts("tags"),
        as_of=data.text("as_of"),
        related=data.texts("related"),
        hashes=data.hashes(),
        cards=tuple(_card(part) for part in data.parts("cards")),
        asked=data.text("asked") if "asked" in data else "",
        requires=data.texts("requires") if "requires" in data else (),
        was=data.texts("was") if "was" in data else (),
        cited=data.text("cited") if "cited" in data else "",
    )


def _card(data: _Part) -> ReleasedCard:
    return ReleasedCard(
        id=data.id(),
        guid=data.text("guid"),
        kind=data.text("kind"),
        core=data.flag("core"),
        front=data.text("front"),
        hashes=data.hashes(),
        deletions=data.numbers("deletions"),
    )


def _refuse_doubles(found: Contents) -> None:
    """Refuse what cannot be named: ids that are there twice, and decks that are not there."""
    ids = [f"question {q.id}" for q in found.questions]
    ids += [f"card {q.id}/{card.id}" for q in found.questions for card in q.cards]
    ids += [f"deck {deck.id}" for deck in found.decks]
    doubled = sorted(name for name, count in Counter(ids).items() if count > 1)
    if doubled:
        raise ValueError(f"{doubled[0]} is there twice")
    for question in found.questions:
        if question.deck not in found.deck_by_id:
            raise ValueError(f"question {question.id} is in no deck of it")
