"""Say what a release changes for learners."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport.building.export import contents_of, write
from dlexport.building.load import load_checked
from dlexport.building.places import refuse_own_sources
from dlexport.building.timestamp import Moment, moment_of, report
from dlexport.exporters import Artifact
from dlexport.model import Collection
from dlexport.problems import ContentError, Problems, UsageError, plural
from dlexport.reading.ids import is_key
from dlexport.release import manifest
from dlexport.release.changes import Changes, compare
from dlexport.release.contents import Contents
from dlexport.release.notes import notes
from dlexport.rendering.session import Session

NOTES = "RELEASE_NOTES.md"


@dataclass(frozen=True, slots=True)
class Noted:
    """What `dlexport release` has to say: the notes it wrote, and what they rest on."""

    path: Path
    size: int
    problems: Problems
    remarks: tuple[str, ...]
    summary: tuple[str, ...]
    data: Mapping[str, Any]


def write_notes(
    session: Session,
    *,
    content: Path,
    strict: bool,
    out: Path,
    previous: Path | None,
    templates: Path | None,
    force: bool,
) -> Noted:
    """Compare the collection with the release in the folder `previous`, and write the notes.

    Nothing else is built. Notes that were changed by hand are replaced only with `force`.
    Raise DlexportError where that fails; `out` then is as it was.
    """
    refuse_own_sources(out, (), [content, *([templates] if templates else [])])
    collection, problems = load_checked(content, session, strict=strict)
    before = _previous(collection, previous)
    known = collection.ledger or (before.as_ledger() if before else None)
    moment = _moment(content, problems, strict=strict)
    now = contents_of(replace(collection, ledger=known), moment)
    changes = compare(before, now) if before else Changes()
    text = notes(
        before,
        now,
        changes,
        gone=_gone(collection, before, now),
        reasons=collection.tombstones,
        templates=templates,
    )
    data = text.encode()
    write(collection, [Artifact(PurePosixPath(NOTES), data)], out, moment, force=force)
    return Noted(
        path=out / NOTES,
        size=len(data),
        problems=problems,
        remarks=(*_remarks(collection, before, now, out, previous), *filter(None, [moment.remark])),
        summary=tuple(_summary(before, now, changes)),
        data=_data(out, before, changes),
    )


def _moment(content: Path, problems: Problems, *, strict: bool) -> Moment:
    moment = moment_of(content)
    report(moment, content, problems, decides=False)
    if strict and len(problems):
        raise ContentError(problems)
    return moment


def _previous(collection: Collection, folder: Path | None) -> Contents | None:
    if folder is not None:
        return manifest.read(folder, collection.metadata.slug)
    ledger = collection.ledger
    if ledger and ledger.version != collection.metadata.version:  # else this one is on record
        raise UsageError(
            f"ledger.json has version “{ledger.version}” on record, so this is not the first "
            "release: name the folder of that one with --previous"
        )
    return None


def _gone(collection: Collection, before: Contents | None, now: Contents) -> list[str]:
    """The cards that learners may have and this release has not, whenever they were removed.

    A card that has another key now is there.
    """
    from dlexport.exporters.anki.identity import note_guid

    had = {key: note_guid(now.namespace, key) for key in collection.tombstones}
    recorded = collection.ledger.notes if collection.ledger else {}
    had |= {key: note.guid for key, note in recorded.items()}
    had |= {key: card.guid for key, (_, card) in before.cards.items()} if before else {}
    gone = {key for key, guid in had.items() if guid not in now.key_by_guid}
    return sorted(key for key in gone - now.cards.keys() if is_key(key))


def _remarks(
    collection: Collection, before: Contents | None, now: Contents, out: Path, previous: Path | None
) -> list[str]:
    """What the author may have overlooked."""
    remarks = []
    path = out / manifest.RELEASE
    with suppress(OSError):
        if path.is_file() and path.read_bytes() != manifest.dump(now):
            remarks.append(f"{path} is of other content: `dlexport all` before you publish")
    if previous and previous.resolve() == out.resolve():
        remarks.append(f"{previous} is the output folder: the last build is not the last release")
    if before and before.version == now.version and now.version:
        remarks.append(f"the version still is {now.version}: it stands in collection.toml")
    if before and not collection.ledger:
        remarks.append(
            "no ledger.json: Anki will replace all cards, not only those that changed, unless the "
            "package was made with --previous; see docs/anki.md"
        )
    return remarks


def _summary(before: Contents | None, now: Contents, changes: Changes) -> list[str]:
    if before is None:
        questions = plural(len(now.questions), "question")
        return [f"first release: {questions}, {plural(now.number_in_anki(), 'card')}"]
    if not changes:
        return ["nothing has changed for learners"]
    cards = {what: changes.number_in_anki(what) for what in ("new", "changed", "removed")}
    moved = sum(map(now.number_in_anki, changes.moved.values()))
    return [
        f"questions: {len(changes.new)} new, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed, {len(changes.renumbered)} renumbered",
        f"cards: {cards['new']} new, {cards['changed']} changed, {cards['removed']} removed, "
        f"{moved} moved, {now.number_in_anki(changes.touched)} with something new about their "
        "question",
    ]


def _data(out: Path, before: Contents | None, changes: Changes) -> dict[str, Any]:
    return {
        "path": str(out / NOTES),
        "previous": before and {"version": before.version, "date": before.date},
        "questions": {
            "new": [q.id for q in changes.new],
            "changed": {q.id: list(words) for q, words in changes.changed},
            "removed": [q.id for q in changes.removed],
            "renumbered": {q.id: [old, q.number] for q, old in changes.renumbered},
        },
        "cards": {
            **{what: list(changes.keys(what)) for what in ("new", "changed", "removed")},
            "moved": [
                {"from": old, "to": new, "cards": list(keys)}
                for (old, new), keys in changes.moved.items()
            ],
            "touched": list(changes.touched),
            "emptied": list(changes.emptied),
        },
    }
