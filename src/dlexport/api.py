"""What programs may use: load a collection, look at it, build from it, show a question.

Everything here is named in docs/api.md; nothing else of the package is promised. No
function prints, exits, or handles signals, and any thread may call them.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

from dlexport import model
from dlexport.building.export import Makers, export
from dlexport.building.load import check_templates
from dlexport.building.load import load as read_and_check
from dlexport.building.places import refuse_own_sources
from dlexport.building.selection import Selection
from dlexport.building.selection import select as selected
from dlexport.building.timestamp import Moment, moment_of, report
from dlexport.document import Text, plain
from dlexport.engine.cache import Cache
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact
from dlexport.exporters.others import Exporter, OtherExporter
from dlexport.exporters.web.renderer import WebRenderer
from dlexport.model import Question
from dlexport.problems import ContentError, Problem, Problems, UsageError, did_you_mean
from dlexport.rendering.session import Session

FORMATS = ("anki", "pdf", "epub", "web")
_PICTURE = re.compile(r'src="images/([^"]+)"')


@dataclass(frozen=True)
class Collection(model.Collection):
    """A collection with its problems, sorted by place; it is whole only if none is an error."""

    problems: tuple[Problem, ...] = ()
    session: Session = field(default_factory=Session, compare=False, repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep anything from being built."""
        return tuple(p for p in self.problems if p.severity == "error")


class Html(str):
    """Markup of one question; a notebook shows it as a page would."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def load(
    path: str | Path, *, cache: str | Path | None = None, previous: str | Path | None = None
) -> Collection:
    """Read and check the collection in a folder; what is wrong is in its `problems`.

    `cache` is a folder that keeps what takes long for later. `previous` is the last
    release's Anki package, in place of the ledger. Raise UsageError if there is no such
    folder or package.
    """
    session = Session(Cache(Path(cache) if cache else None))
    found, problems = read_and_check(Path(path), session, Path(previous) if previous else None)
    parts = {f.name: getattr(found, f.name) for f in fields(found)}
    return Collection(**parts, problems=tuple(problems), session=session)


def select(
    collection: Collection,
    *,
    decks: Sequence[str] = (),
    tags: Sequence[str] = (),
    difficulties: Sequence[str] = (),
    ids: Sequence[str] = (),
    core: bool = False,
) -> Collection:
    """The questions that match in each respect; `core` leaves the core cards alone.

    Raise UsageError for a name that is not there, and where nothing is left.
    """
    found = selected(collection, Selection(decks, tags, difficulties, ids, core))
    assert isinstance(found, Collection)
    return found


def build(
    collection: Collection,
    formats: Sequence[str] | Mapping[str, Exporter] = FORMATS,
    out: str | Path | None = None,
    *,
    jobs: int = 1,
    templates: str | Path | None = None,
    force: bool = False,
) -> list[Artifact]:
    """Make the files of some formats; write them below `out`, or only give their bytes.

    A format is ours, that of an installed package, or an exporter by the name of its folder.
    `jobs` is the number of processes, `templates` a folder of templates that come before
    ours. A file below `out` that no build wrote is replaced only with `force`. Raise
    ContentError if the collection has errors, UsageError if `out` is empty, DlexportError
    for whatever else fails.
    """
    _refuse_errors(collection)
    check_templates(Path(templates) if templates else None, Problems())
    session = collection.session
    wanted: Sequence[str] | Makers = (
        {name: partial(OtherExporter, name, own) for name, own in formats.items()}
        if isinstance(formats, Mapping)
        else formats
    )
    _refuse(out, wanted, [collection.root, *([Path(templates)] if templates else [])])
    with Workers(jobs, session.cache) as workers:
        return export(
            collection,
            wanted,
            Path(out) if out is not None else None,
            session,
            workers,
            moment=_moment(collection, decides="anki" in formats),
            force=force,
            templates=Path(templates) if templates else None,
        )


def _refuse_errors(collection: Collection) -> None:
    if collection.errors:
        problems = Problems()
        problems.extend(collection.problems)
        raise ContentError(problems)


def _moment(collection: Collection, *, decides: bool) -> Moment:
    """The moment of a build. Raise ContentError where one in doubt decides what learners get."""
    moment, doubts = moment_of(collection.root), Problems()
    report(moment, collection.root, doubts, decides=decides and bool(collection.ledger))
    if doubts.errors:
        raise ContentError(doubts)
    return moment


def _refuse(out: str | Path | None, formats: Iterable[str], folders: Sequence[Path]) -> None:
    """Raise UsageError for an output folder that cannot be meant."""
    if out == "":
        raise UsageError("`out` is empty: name a folder, or “.” for the working folder")
    if out is not None:
        refuse_own_sources(Path(out), formats, folders)


def plain_text(text: Text) -> str:
    """The words of a text on one line, formulas as their TeX between dollar signs."""
    return plain(text.blocks)


def render(collection: Collection, question: Question | str, target: str = "web") -> Html:
    """One question's answer as HTML with MathML, its pictures inside.

    `question` may be an id. Raise UsageError for one that is not there, or another target.
    """
    if target != "web":
        raise UsageError(f"there is no target “{target}”: known: web")
    if isinstance(question, str):
        if question not in collection.by_id:
            hint = did_you_mean(question, collection.by_id)
            raise UsageError(f"there is no question “{question}”" + (f": {hint}" if hint else ""))
        question = collection.by_id[question]
    renderer = WebRenderer(collection, collection.session)
    heading = renderer.render_text_inline(question.question, question)
    body = renderer.render_text(question.answer, question)
    by_name = {p.name: p for p in collection.pictures.values()}

    def inside(found: re.Match[str]) -> str:
        picture = by_name[found[1]]
        return f'src="data:{picture.media_type};base64,{b64encode(picture.data).decode()}"'

    return Html(_PICTURE.sub(inside, f"<h2>{heading}</h2>\n{body}"))
