"""What the building commands do: make and write, or find that nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlexport.building import unchanged
from dlexport.building.folders import state
from dlexport.building.timestamp import timestamp_and_commit
from dlexport.building.unchanged import Made, Outcome
from dlexport.commands.console import Console, problem_data, size
from dlexport.engine import cache
from dlexport.engine.workers import Workshop, processors

if TYPE_CHECKING:
    from dlexport.model import Collection

# A format with more files than this gets one line in the summary.
_MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants built; the fields are the commands' options."""

    formats: Sequence[str]
    content: Path
    out: Path
    decks: Sequence[str]
    previous: Path | None
    templates: Path | None
    cards_grid: tuple[int, int]
    cards_flip: str
    cards_shift: tuple[float, float]
    jobs: int | None
    strict: bool

    @property
    def folders(self) -> tuple[Path, ...]:
        """The collection's folder, and the templates'."""
        return (self.content, *([self.templates] if self.templates else []))

    def deciding(self) -> Mapping[str, Any]:
        """What decides on the result besides the collection and the templates."""
        left_out = ("content", "templates", "out", "jobs")
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        if self.previous:
            values["previous"] = self.previous.read_bytes()
        return values | {"moment": timestamp_and_commit(self.content)}


def build(request: Request, console: Console) -> None:
    """Build what is wanted and show what came out. Raise DlexportError where that fails."""

    def key() -> str:
        return unchanged.key(request.content, request.deciding(), request.templates)

    at_first = state(*request.folders)
    before = key()
    outcome = unchanged.recall(before, request.out)
    if outcome is None:
        outcome = _made(request, console)
        if key() == before and state(*request.folders) == at_first:
            unchanged.remember(before, outcome)
        else:
            console.note("a file was changed meanwhile: build again to be sure of it")
    else:
        console.note("nothing has changed")
    _show(outcome, request.out, console)


def _made(request: Request, console: Console) -> Outcome:
    from dlexport.building import pipeline
    from dlexport.exporters import FlashCardOptions

    with Workshop(request.jobs or processors()) as workshop:
        if "pdf" in request.formats:
            workshop.prepare("dlexport.exporters.pdf.preload")
        console.progress("reading and checking")
        collection, problems = pipeline.load_checked(request.content, strict=request.strict)
        selection = pipeline.select(collection, request.decks)
        artifacts = pipeline.build(
            selection,
            request.formats,
            request.out,
            console.progress,
            workshop=workshop,
            previous=request.previous,
            templates=request.templates,
            flash_cards=FlashCardOptions(
                *request.cards_grid, request.cards_flip, request.cards_shift
            ),
        )
    console.done()
    store = cache.current()
    if store:
        store.prune()
    files = tuple(Made.of(a.path, a.data, a.warnings) for a in artifacts)
    return Outcome(files, problems, counts(selection))


def _show(outcome: Outcome, out: Path, console: Console) -> None:
    console.report(outcome.problems)
    for item in outcome.files:
        for warning in item.warnings:
            console.note(f"{item.path}: {warning}")
    console.table(_summary(outcome.files, out), right=(1,))
    console.line(outcome.counts)
    console.json(
        {
            "ok": True,
            "problems": problem_data(outcome.problems),
            "files": [{"path": str(f.path), "bytes": f.size} for f in outcome.files],
        }
    )


def _summary(files: Sequence[Made], out: Path) -> list[tuple[str, str]]:
    """A row for each file, or for each format that has very many."""
    by_format: dict[str, list[Made]] = {}
    for item in files:
        by_format.setdefault(item.path.parts[0], []).append(item)
    rows = []
    for name, items in by_format.items():
        groups = [[item] for item in items] if len(items) <= _MOST_ROWS else [items]
        for group in groups:
            path = out / (group[0].path if len(group) == 1 else name)
            label = str(path) if len(group) == 1 else f"{path}/ ({len(group)} files)"
            count = sum(item.size for item in group)
            rows.append((label, size(count)))
    return rows


def counts(collection: Collection) -> str:
    """How many questions, cards and decks a collection has, in words."""
    cards = sum(len(q.cards) for q in collection.questions)
    return f"{len(collection.questions)} questions, {cards} cards, {len(collection.decks)} decks"
