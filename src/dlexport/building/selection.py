"""A part of a collection, for any output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from dlexport.model import Collection, Difficulty, Question, Tier
from dlexport.problems import UsageError, did_you_mean
from dlexport.rendering.filenames import file_name

_LONGEST_SUFFIX = 60  # bytes of UTF-8; file names are made from it


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted of a collection: in each respect one of these, or all where none is named.

    `core` leaves the core cards alone.
    """

    decks: Sequence[str] = ()
    tags: Sequence[str] = ()
    difficulties: Sequence[str] = ()
    ids: Sequence[str] = ()
    core: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What tells it from others, in a fixed order."""
        return (*self.names, *["core"] * self.core)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is wanted."""
        named = (self.decks, self.tags, self.difficulties, self.ids)
        return tuple(word for words in named for word in dict.fromkeys(words))

    def holds(self, question: Question) -> bool:
        """Whether a question is in it."""
        return (
            (not self.decks or question.deck in self.decks)
            and (not self.tags or bool(set(self.tags) & set(question.tags)))
            and (not self.difficulties or question.difficulty in self.difficulties)
            and (not self.ids or question.id in self.ids)
        )


def select(collection: Collection, selection: Selection) -> Collection:
    """The part of a collection that is wanted, named after the selection.

    Raise UsageError for a name that is not there, and where nothing is left.
    """
    _check(collection, selection)
    if not selection.core and all(map(selection.holds, collection.questions)):
        return collection
    decks = []
    for deck in collection.decks:
        questions = tuple(_cards(q, selection) for q in deck.questions if selection.holds(q))
        if questions:
            decks.append(replace(deck, questions=questions))
    if not decks:
        raise UsageError(f"no question is all of this: {', '.join(selection.words)}")
    metadata = replace(collection.metadata, slug=_slug(collection.metadata.slug, selection))
    return replace(collection, decks=tuple(decks), metadata=metadata, is_selection=True, plans=())


def _cards(question: Question, selection: Selection) -> Question:
    if not selection.core:
        return question
    core = tuple(card for card in question.cards if card.tier is Tier.CORE)
    return replace(question, cards=core)


def _slug(slug: str, selection: Selection) -> str:
    # A deck of the name `core` is not the core cards, whose package has that name.
    names = [file_name(name, taken=("core",)) for name in selection.names]
    suffix = "-".join([*names, *["core"] * selection.core])
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        suffix = f"selection-{sha256(suffix.encode()).hexdigest()[:8]}"
    return f"{slug}-{suffix}"


def _check(collection: Collection, selection: Selection) -> None:
    known: tuple[tuple[str, Sequence[str], Iterable[str]], ...] = (
        ("deck", selection.decks, [deck.id for deck in collection.decks]),
        ("tag", selection.tags, collection.by_tag),
        ("difficulty", selection.difficulties, map(str, Difficulty)),
        ("question", selection.ids, collection.by_id),
    )
    for what, wanted, there in known:
        names = set(there)
        for name in wanted:
            if name not in names:
                hint = did_you_mean(name, names)
                raise UsageError(f"there is no {what} “{name}”" + (f": {hint}" if hint else ""))
