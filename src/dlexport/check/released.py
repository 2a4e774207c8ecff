"""What learners have is kept: no card vanishes, none comes back as something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from dlexport.check.texts import Texts, is_another_text
from dlexport.ledger import Face, Ledger
from dlexport.model import Card, Collection, Question
from dlexport.problems import Place, Problem, did_you_mean, plural
from dlexport.reading.source import CONFIG, display_name

# Of more cards that are gone, names are not compared: that takes a while for each.
_MOST_COMPARED = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """A card of today: its key, and the key that it has on record, None for a new one."""

    key: str
    question: Question
    card: Card
    origin: str | None


def kept_promises(collection: Collection, faces: Mapping[str, Face]) -> Iterator[Problem]:
    """What the ledger and the tombstones say against the cards of today.

    `faces` is what readers get of each card; empty where that cannot be told yet.
    """
    ledger = collection.ledger
    today = {kept.key: kept for kept in _cards_of_today(collection)}
    for key in today.keys() & collection.tombstones.keys():
        yield _removed_before(today[key].card, key, collection.tombstones[key])
    yield from _taken_twice(today.values())
    if ledger and ledger.namespace != collection.metadata.anki.namespace:
        yield _other_namespace(ledger, collection.metadata.anki.namespace)
    elif ledger:
        texts = Texts(ledger, faces, {kept.key: kept.origin for kept in today.values()})
        yield from _of_former_keys(today.values(), ledger, collection.tombstones)
        yield from _vanished(today, ledger, collection.tombstones, texts)
        for kept in today.values():
            yield from _of_card(kept, collection.by_id.keys(), ledger, texts)


def renamed_decks(collection: Collection, faces: Mapping[str, Face]) -> Iterator[Problem]:
    """Decks on record whose cards are in a deck of another name today."""
    ledger = collection.ledger
    names = {face.deck for face in faces.values()}
    moved: Counter[tuple[str, str]] = Counter()
    for kept in _cards_of_today(collection) if ledger and faces else ():
        old = ledger.notes[kept.origin].face.deck if ledger and kept.origin else ""
        if old and old not in names:
            moved[old, faces[kept.key].deck] += 1
    for (old, new), count in moved.items():
        yield Problem(
            Place(display_name(collection.root / CONFIG)),
            "renamed-deck",
            f"deck “{old}” is called “{new}” today",
            f"Anki leaves cards where learners have them ({plural(count, 'card')}) and puts new "
            "ones into the new deck; the release notes say how to move them",
        )


def _cards_of_today(collection: Collection) -> Iterator[Kept]:
    ledger = collection.ledger
    for question, card in collection.cards:
        key = f"{question.id}/{card.id}"
        origin = ledger.origin(key, card.was, question.was) if ledger else None
        yield Kept(key, question, card, origin)


def _removed_before(card: Card, key: str, reason: str) -> Problem:
    return Problem(
        card.place,
        "reused-id",
        f"“{key}” was removed: {reason}",
        "learners who have it must not get another card in its place: give this one a new id and "
        "no `was`; if it is the same card, delete the tombstone",
    )


def _taken_twice(cards: Iterable[Kept]) -> Iterator[Problem]:
    """Two cards that would be one note in Anki."""
    seen: dict[str, Kept] = {}
    for kept in sorted(cards, key=lambda kept: (bool(kept.card.was), kept.card.place)):
        released = kept.origin or kept.card.was or kept.key
        first = seen.setdefault(released, kept)
        if first is not kept:
            yield Problem(
                kept.card.place,
                "duplicate-id",
                f"former id “{released}” is taken by “{first.key}”, {first.card.place}",
                "name the card that this one was, or give the other one an id of its own",
            )


def _other_namespace(ledger: Ledger, namespace: str) -> Problem:
    return Problem(
        Place(ledger.source),
        "other-namespace",
        f"this is the record of “{ledger.namespace}”, the collection's namespace is “{namespace}”",
        f'write `namespace = "{ledger.namespace}"` below [anki] in collection.toml: with another '
        "one learners would get every card a second time",
    )


def _of_former_keys(
    cards: Iterable[Kept], ledger: Ledger, tombstones: Mapping[str, str]
) -> Iterator[Problem]:
    """A `was` that names no card that learners have, and a new card with a former key."""
    for kept in cards:
        was, origin = kept.card.was, kept.origin
        if was and origin is None:
            yield Problem(
                kept.card.place,
                "unknown-was",
                f"no card was released as “{was}”",
                did_you_mean(was, ledger.notes) or "delete `was`",
            )
        elif was and origin in tombstones and ledger.notes[str(origin)].is_removed:
            yield _removed_before(kept.card, str(origin), tombstones[str(origin)])
        elif kept.origin is None and kept.key in ledger.by_former_key:
            now = ledger.by_former_key[kept.key]
            yield Problem(
                kept.card.place,
                "reused-id",
                f"“{kept.key}” is what “{now}” was called",
                "give the card an id that no card ever had",
            )


def _vanished(
    today: Mapping[str, Kept], ledger: Ledger, tombstones: Mapping[str, str], texts: Texts
) -> Iterator[Problem]:
    origins = {kept.origin for kept in today.values()}
    questions = {kept.question.id for kept in today.values()}
    gone = [key for key in ledger.notes if key not in origins and key not in tombstones]
    known = today if len(gone) <= _MOST_COMPARED else ()
    for key in gone:
        hints = [
            _still_there(key, today, questions, texts),
            f"give the card that is called “{key}” today an id of its own" if key in today else "",
            f'bring it back, or write `"{key}" = "why"` into tombstones.toml',
        ]
        near = did_you_mean(key, known) if not hints[0] else ""
        hints.append(near if near.startswith("did") and key not in today else "")
        yield Problem(
            Place(ledger.source),
            "vanished-id",
            f"“{key}” was released, and is gone",
            "; ".join(filter(None, hints)),
        )


def _still_there(key: str, today: Mapping[str, Kept], questions: Set[str], texts: Texts) -> str:
    """How to say that a card of today is the one that is missed, where its text is there."""
    found = [today[k] for k in texts.where(key) if today[k].card.kind == texts.kind(key)]
    new = [kept for kept in found if kept.origin is None]
    return f"its text is at {new[0].card.place}: {_say_so(new[0], key, questions)}" if new else ""


def _say_so(kept: Kept, key: str, questions: Set[str]) -> str:
    """What to write where a new card is one that learners have under another key.

    `questions` are the ids of those of today.
    """
    question, _, name = key.partition("/")
    has_heading = kept.card.front is not kept.question.question
    front_matter = f"`was: [{question}]` in the front matter"
    if name != kept.card.id or question in questions:
        where = "there" if has_heading else "at a card of its own, in a section `Cards`"
        return f"write `{{#{kept.card.id} was={key}}}` {where}"
    if not has_heading:
        return f"write {front_matter}"
    card = f"write `{{#{kept.card.id} was={key}}}` there"
    return f"{card}, or {front_matter} for all cards of that question"


def _of_card(kept: Kept, questions: Set[str], ledger: Ledger, texts: Texts) -> Iterator[Problem]:
    note = ledger.notes[kept.origin] if kept.origin else None
    if note and note.kind != kept.card.kind:
        yield Problem(
            kept.card.place,
            "changed-kind",
            f"“{kept.key}” was released as a {note.kind} card and is a {kept.card.kind} card now",
            "give the card a new id, and the old one a tombstone",
        )
        return
    other = texts.released_as(kept.key, kept.card.kind)
    if other:
        yield Problem(
            kept.card.place,
            "released-as",
            f"this text was released as {other}",
            _how_to_keep(kept, other, questions),
        )
    elif note:
        yield from _of_deletions(kept, note.face.deletions, texts.deletions(kept.key))


def _how_to_keep(kept: Kept, other: str, questions: Set[str]) -> str:
    if kept.origin is None:
        return f"{_say_so(kept, other, questions)}: learners then keep what they have learned of it"
    return (
        f"what learners have learned as {kept.key} would go on with this text: give it back the "
        f"id that it had, or a new one with `was={other}`"
    )


def _of_deletions(
    kept: Kept, before: Mapping[int, str], now: Mapping[int, str] | None
) -> Iterator[Problem]:
    """Deletions by whose numbers learners get another fact, or an empty card."""
    if now is None:
        return
    for number, hidden in sorted(before.items()):
        message = ""
        if number not in now:
            message = f"deletion c{number} is gone: it hid “{hidden}”"
        elif is_another_text(hidden, now[number], before.values()):
            message = f"deletion c{number} hides another text: “{now[number]}”, not “{hidden}”"
        if message:
            yield Problem(
                kept.card.place,
                "changed-deletion",
                message,
                "keep the numbers of what is hidden, and give new deletions new numbers: "
                "learners' intervals go by them"
                + ("; an empty card stays until Tools > Empty Cards" if number not in now else ""),
            )
