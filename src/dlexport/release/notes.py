"""The release notes for learners, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from dlexport.release.changes import CardChange, Changes
from dlexport.release.contents import Contents
from dlexport.rendering.templating import long_date, text_environment

# GitHub takes 125,000 characters for a release; notes that are longer name no single card.
_LONGEST = 100_000
# Anki's line for searches takes 32,767.
_LONGEST_SEARCH = 20_000


def notes(
    before: Contents | None,
    now: Contents,
    changes: Changes,
    *,
    gone: Sequence[str],
    reasons: Mapping[str, str],
    templates: Path | None = None,
) -> str:
    """The notes of the release `now`; a first release has none before it.

    `gone` are the keys (`question/card`) of all cards that this or any earlier release
    removed, `reasons` says why. Templates of the folder `templates` come before ours.
    """
    template = text_environment(templates).get_template("release/notes.md")

    def text(*, brief: bool) -> str:
        found = template.render(
            before=before,
            now=now,
            changes=changes,
            brief=brief,
            date=_date(now),
            date_before=_date(before) if before else "",
            decks=_decks(now),
            new=[(deck.title, [q for q in changes.new if q.deck == deck.id]) for deck in now.decks],
            cards=_by_question(changes.cards),
            removals=_searches(before, now, gone) if before else [],
            moves=[(*names, _searches(before, now, keys)) for names, keys in changes.moved.items()],
            reasons={key: " ".join(reason.split()) for key, reason in reasons.items()},
            emptied=_searches(before, now, changes.emptied),
            moved=sum(map(now.number_in_anki, changes.moved.values())),
            core=_core_cards(now),
        )
        return re.sub(r"\n{3,}", "\n\n", found).strip() + "\n"

    full = text(brief=False)
    return full if len(full) <= _LONGEST else text(brief=True)


def search(prefixes: Iterable[str], keys: Iterable[str]) -> str:
    """A search for Anki's browser that finds the notes of these cards and no others.

    It is one regular expression: Anki refuses a thousand searches joined by OR. The
    tag keeps away another collection whose cards have the same ids.
    """
    groups = []
    for question, found in groupby(sorted(keys), lambda key: key.partition("/")[0]):
        ids = [key.partition("/")[2] for key in found]
        groups.append(f"{question}/{ids[0] if len(ids) == 1 else '(' + '|'.join(ids) + ')'}")
    tags = " OR ".join(f'"tag:{_plain(prefix)}"' for prefix in dict.fromkeys(prefixes))
    tags = f"({tags})" if " OR " in tags else tags
    return f'{tags} "Card id:re:^({"|".join(groups)})$"'


def _plain(text: str) -> str:
    """Text without meaning for Anki's search."""
    return re.sub(r'([\\"*_])', r"\\\1", text)


def _searches(before: Contents | None, now: Contents, keys: Sequence[str]) -> list[str]:
    """Searches for these cards, each short enough to be pasted."""
    prefixes = [now.tag_prefix, *([before.tag_prefix] if before else [])]
    found: list[str] = []
    chunk: list[str] = []
    for key in sorted(keys):
        if sum(map(len, chunk)) + len(chunk) + len(key) > _LONGEST_SEARCH:
            found.append(search(prefixes, chunk))
            chunk = []
        chunk.append(key)
    return [*found, search(prefixes, chunk)] if chunk else found


def _date(release: Contents) -> str:
    """The date as people read it; as it was written where it is no moment."""
    try:
        return long_date(int(datetime.fromisoformat(release.date).timestamp()))
    except (ValueError, OverflowError):
        return release.date


def _decks(now: Contents) -> list[tuple[str, int, int]]:
    """For each deck its title, and how many questions and cards it has in Anki."""
    rows = []
    for deck in now.decks:
        questions = [q for q in now.questions if q.deck == deck.id]
        rows.append((deck.title, len(questions), sum(q.number_in_anki for q in questions)))
    return rows


def _core_cards(now: Contents) -> int:
    """The number of cards in the package of core cards; 0 where there is no such package.

    Cards are counted as Anki does.
    """
    count = sum(card.number_in_anki for _, card in now.cards.values() if card.core)
    return count if count < now.number_in_anki() else 0


def _by_question(changes: Sequence[CardChange]) -> list[tuple[CardChange, list[CardChange]]]:
    """Changes of cards, those of each question together, led by one of them."""
    groups = (list(found) for _, found in groupby(changes, lambda change: change.question.id))
    return [(found[0], found) for found in groups]
