"""Ids of questions whose files do not give one: by the file's name, as far as that tells.

What learners have goes by its id for ever. So an id that was released stays with its
file, whatever files are added beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dlexport.ledger import Ledger
from dlexport.model import Deck, Question
from dlexport.problems import Problems
from dlexport.reading import ids
from dlexport.reading.decks import TOP, folder_of, id_of_folder


def settled(
    questions: Sequence[Question],
    root: Path,
    decks: Mapping[str, Deck],
    earlier: Ledger | None,
    problems: Problems,
) -> list[Question]:
    """The questions with ids that are told apart; `earlier` is what learners have.

    Files of one name get the names of their folders too, with a warning.
    """
    return _Settlement(root, decks, _released(earlier), problems).of(questions)


def _released(earlier: Ledger | None) -> Mapping[str, set[str]] | None:
    """The ids of released questions with the names of their decks; None without a record."""
    if earlier is None:
        return None
    found: dict[str, set[str]] = defaultdict(set)
    for key, note in earlier.notes.items():
        if not note.is_removed:
            found[key.partition("/")[0]].add(note.face.deck)
    return found


class _Settlement:
    def __init__(
        self,
        root: Path,
        decks: Mapping[str, Deck],
        released: Mapping[str, set[str]] | None,
        problems: Problems,
    ) -> None:
        self._root = root
        self._decks = {deck.id: deck for deck in decks.values()}
        self._is_known = released is not None
        self._released = released or {}
        self._problems = problems

    def of(self, questions: Sequence[Question]) -> list[Question]:
        found = {question.path: question.id for question in questions}
        for group in _shared(questions, found):
            found |= self._told_apart(group)
        for question in questions:  # one that was told apart stays so when the others have gone
            long = self._with_folder(question)
            if _has_default(question) and long in self._released:
                found[question.path] = long
        by_path = {question.path: question for question in questions}
        for group in _shared(questions, found):  # `a/b-c.md` and `a-b/c.md`, `x y.md` and `x-y.md`
            for question in filter(_has_default, group):
                clash = found[question.path]
                path = question.path.relative_to(self._root.resolve())
                found[question.path] = f"{clash}-{ids.short_hash(path.as_posix())}"
        for path, id in found.items():
            if id != by_path[path].id and id not in self._released:
                self._warn(by_path[path], id, is_taken=by_path[path].id in found.values())
        return [replace(question, id=found[question.path]) for question in questions]

    def _told_apart(self, group: Sequence[Question]) -> dict[Path, str]:
        """The ids of questions whose files share a name."""
        defaults = [question for question in group if _has_default(question)]
        owner = self._owner(defaults) if len(defaults) == len(group) else None
        return {
            question.path: self._with_folder(question)
            for question in defaults
            if question is not owner
        }

    def _owner(self, group: Sequence[Question]) -> Question | None:
        """The question that was released with the id that the group shares, as its deck tells."""
        names = self._released.get(group[0].id, set()) if group else set()
        found = [q for q in group if any(self._is_deck(q, name) for name in names)]
        return found[0] if len(found) == 1 else None

    def _is_deck(self, question: Question, name: str) -> bool:
        """Whether a deck's full name in Anki, below the collection's title, is the question's."""
        levels = self._decks[question.deck].levels
        return name.endswith("".join("::" + level.name for level in levels))

    def _with_folder(self, question: Question) -> str:
        folder = folder_of(question.path, self._root.resolve())
        return question.id if folder == TOP else f"{id_of_folder(folder)}-{question.id}"

    def _warn(self, question: Question, id: str, *, is_taken: bool) -> None:
        shared = question.id
        hint = f"write `id: {id}` in its front matter, so that it stays whatever files are added"
        if not is_taken and (not self._is_known or shared in self._released):
            hint = (
                f"were its cards published as “{shared}”, write `id: {shared}`, or learners get "
                f"them anew; else write `id: {id}`"
            )
        message = f"more than one file would have the id “{shared}”; this one has “{id}”"
        self._problems.add("shared-name", question.place, message, hint)


def _has_default(question: Question) -> bool:
    return "id" not in question.places


def _shared(questions: Iterable[Question], found: Mapping[Path, str]) -> list[list[Question]]:
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[ids.folded(found[question.path])].append(question)
    return [group for group in groups.values() if len(group) > 1]
