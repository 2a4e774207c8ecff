"""A build: make what is wanted, or find that nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlexport.building import unchanged
from dlexport.building.folders import state
from dlexport.building.manifest import Entry
from dlexport.building.places import refuse_own_sources
from dlexport.building.timestamp import Moment, moment_of, report
from dlexport.building.unchanged import Outcome
from dlexport.engine.workers import Workers, processors
from dlexport.problems import ContentError, Problems, ResourceError
from dlexport.rendering.session import Session

if TYPE_CHECKING:
    from dlexport.building.selection import Selection
    from dlexport.exporters import Artifact
    from dlexport.model import Collection


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants built; the fields are the commands' options."""

    formats: Sequence[str]
    content: Path
    out: Path
    decks: Sequence[str]
    tags: Sequence[str]
    difficulties: Sequence[str]
    ids: Sequence[str]
    core: bool
    previous: Path | None
    templates: Path | None
    cards_grid: tuple[int, int]
    cards_flip: str
    cards_shift: tuple[float, float]
    jobs: int | None
    strict: bool
    force: bool

    @property
    def selection(self) -> Selection:
        """What of the collection is wanted."""
        from dlexport.building.selection import Selection

        return Selection(self.decks, self.tags, self.difficulties, self.ids, self.core)

    def state(self) -> object:
        """What there is of all that decides on the result, and when it was last changed."""
        return state(self.content, self.templates, self.previous)

    def deciding(self, moment: Moment) -> Mapping[str, Any]:
        """What decides on the result besides the collection and the templates."""
        left_out = ("content", "templates", "out", "jobs", "force")
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        if self.previous:
            values["previous"] = (str(self.previous), _bytes_of(self.previous))
        return values | {"moment": moment}


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {error.strerror}") from error


def build(
    request: Request,
    session: Session,
    progress: Callable[[str], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Build what is wanted.

    `progress` is told what is being done, `tell` what an author should know beside the result.

    Raise DlexportError where that fails.
    """
    moment = moment_of(request.content)

    def key() -> str:
        return unchanged.key(request.content, request.deciding(moment), request.templates)

    def there() -> object:
        return state(request.content, request.templates, request.previous, out=request.out)

    folders = [request.content, *([request.templates] if request.templates else [])]
    previous = request.previous if "anki" in request.formats else None
    refuse_own_sources(request.out, request.formats, folders, previous)
    at_first = there()
    before = key()
    known = unchanged.recall(before, request.out, session.cache)
    if known:
        return replace(known, remark=_remarks("nothing has changed", moment.remark))
    outcome = _made(request, moment, session, progress, tell)
    if key() != before or there() != at_first:
        changed = "a file was changed meanwhile: build again to be sure of it"
        return replace(outcome, remark=_remarks(changed, moment.remark))
    unchanged.remember(before, outcome, session.cache)
    return replace(outcome, remark=moment.remark)


def _remarks(*remarks: str) -> str:
    return "\n".join(filter(None, remarks))


def _made(
    request: Request,
    moment: Moment,
    session: Session,
    progress: Callable[[str], None],
    tell: Callable[[str], None],
) -> Outcome:
    from dlexport.building.export import about, export
    from dlexport.building.selection import select
    from dlexport.exporters import FlashCardOptions

    with Workers(request.jobs or processors(), session.cache) as workers:
        if "pdf" in request.formats:
            workers.prepare("dlexport.exporters.pdf.preload")
        progress("reading and checking")
        collection, problems = _loaded(request, moment, session)
        selection = select(collection, request.selection)
        warned = partial(add_warnings, collection, problems, strict=request.strict)
        artifacts = export(
            selection,
            request.formats,
            request.out,
            session,
            workers,
            progress,
            warned,
            force=request.force,
            tell=tell,
            moment=moment,
            templates=request.templates,
            flash_cards=FlashCardOptions(
                *request.cards_grid, request.cards_flip, request.cards_shift
            ),
        )
    session.cache.prune()
    replaced = () if selection.is_selection else tuple(request.formats)
    return _outcome(artifacts, problems, counts(selection), about(selection, moment), replaced)


def _outcome(
    artifacts: Sequence[Artifact],
    problems: Problems,
    said: str,
    about: Mapping[str, str],
    replaced: tuple[str, ...],
) -> Outcome:
    files = tuple(Entry.of(a.path.as_posix(), a.data) for a in artifacts)
    machine = next((a.machine for a in artifacts if a.machine), "")
    return Outcome(files, problems, said, about, replaced, machine)


def add_warnings(
    collection: Collection, problems: Problems, artifacts: Sequence[Artifact], *, strict: bool
) -> None:
    """Add what exporters warn of, each once. Raise ContentError if that is an error: `strict`."""
    from dlexport.check.allowances import apply_to_build

    found = dict.fromkeys(problem for artifact in artifacts for problem in artifact.problems)
    problems.extend(apply_to_build(collection, found, problems))
    if strict and len(problems):
        raise ContentError(problems)


def _loaded(request: Request, moment: Moment, session: Session) -> tuple[Collection, Problems]:
    """The collection and all problems: of dates and templates as well. Raise ContentError."""
    from dlexport.building.load import check_templates, load_checked

    collection, problems = load_checked(
        request.content, session, strict=request.strict, previous=request.previous
    )
    decides = bool(collection.ledger) and "anki" in request.formats
    report(moment, request.content, problems, decides=decides)
    check_templates(request.templates, problems)
    if problems.errors or (request.strict and len(problems)):
        raise ContentError(problems)
    return collection, problems


def counts(collection: Collection) -> str:
    """How many questions, cards and decks a collection has, in words; cards as Anki counts."""
    from dlexport.problems import plural
    from dlexport.reading.cards import number_in_anki

    cards = sum(number_in_anki(card) for _, card in collection.cards)
    numbers = (len(collection.questions), "question"), (cards, "card")
    return ", ".join(plural(*n) for n in (*numbers, (len(collection.decks), "deck")))
