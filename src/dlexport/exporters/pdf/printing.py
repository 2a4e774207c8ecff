"""What all printed matter shares: paper, dates, templates, renderers, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment

from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.pdf.document import ELSEWHERE, Layout, Source, lay_out
from dlexport.exporters.pdf.glyphs import unsupported
from dlexport.exporters.pdf.imposition import Imposition
from dlexport.exporters.pdf.join import About, Joint, Part, join
from dlexport.exporters.pdf.machinefonts import machine_fonts
from dlexport.exporters.pdf.renderer import PdfRenderer
from dlexport.model import Collection, Question
from dlexport.problems import Place, Problem
from dlexport.rendering.owntemplates import place_in_templates
from dlexport.rendering.templating import environment, licence, long_date

_ID = re.compile(r'\sid="([^"]+)"')
_LOCAL_LINK = re.compile(r'\shref="#([^"]+)"')
# What a warning of WeasyPrint's is about.
_QUOTED = re.compile(r"[`'](.+?)[`'] at \d")
_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_SPACE_BEFORE_INLINE = re.compile(
    r"(?<=[^\s>])\s+(?=<(?:a|code|del|em|img|kbd|mark|samp|span|strong|sub|sup)\b)"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: its folder below pdf/, its name in CSS, its size in millimetres."""

    folder: str
    css: str
    width: float
    height: float


# So many pages are numbered in one piece of work.
AT_ONCE = 100

PAPERS = (Paper("a4", "A4", 210, 297), Paper("letter", "letter", 215.9, 279.4))


@dataclass(frozen=True)
class Printer:
    """Lays out a collection's templates on one size of paper."""

    collection: Collection
    context: Context
    paper: Paper
    workers: Workers
    # Characters that no font has, of all that was laid out.
    missing: set[str] = field(default_factory=set)

    def writer(
        self, questions: Iterable[Question], width_em: float, *, references: bool = False
    ) -> Writer:
        """What fills in templates for a document that shows these questions.

        Formulas are at most `width_em` wide, in em of the running text.
        """
        shown = {q.id for q in questions}
        session = self.context.session
        renderer = PdfRenderer(self.collection, session, shown, width_em, references=references)
        return Writer(self, renderer)

    def lay_out(self, sources: Iterable[Source], name: str) -> list[Layout]:
        """The sources laid out, for the artifact of that name.

        What wanted fonts of the machine, and was kept when it had others, is laid out again.
        """
        made: list[Source] = []

        def noted() -> Iterator[Source]:
            for source in sources:
                made.append(source)
                yield source

        layouts = [Layout.decode(data) for data in self.workers.do(lay_out, noted(), name)]
        if not any(layout.machine for layout in layouts):
            return layouts
        machine = machine_fonts()
        old = [i for i, layout in enumerate(layouts) if layout.machine not in ("", machine)]
        again = [replace(made[i], machine=machine) for i in old]
        for i, data in zip(old, self.workers.do(lay_out, again, name), strict=True):
            layouts[i] = Layout.decode(data)
        return layouts

    def artifact(
        self,
        name: str,
        parts: Sequence[Part],
        warnings: Iterable[Problem] = (),
        *,
        title: str,
        furniture: Sequence[Layout],
        first: int = 0,
        imposition: Imposition | None = None,
    ) -> Artifact:
        """The PDF of some parts, or of sheets with their pages, in the paper's folder.

        `title` is added to the collection's, if there is one. For the rest see `Joint`.
        """
        path = PurePosixPath("pdf", self.paper.folder, f"{name}.pdf")
        said = dict.fromkeys((*warnings, *self._said_of(path, parts)))
        about = self._about(title)
        joint = Joint(parts, about, furniture, first, imposition)
        (data,) = self.workers.do(join, [joint], name)
        layouts = [*(part.layout for part in parts), *furniture]
        machine = next((layout.machine for layout in layouts if layout.machine), "")
        return Artifact(path, data, tuple(said), machine)

    def numbers(self, kind: str, count: int) -> list[Source]:
        """Furniture: numbers for so many pages of a document, some in each source.

        `pdf/numbers.html` has the kinds of documents that it knows.
        """
        writer = self.writer((), 1)
        sources = []
        for first in range(1, count + 1, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, count + 1))
            source = writer.source("numbers", kind=kind, numbers=numbers, count=count)
            sources.append(replace(source, tagged=False))
        return sources

    def _said_of(self, path: PurePosixPath, parts: Iterable[Part]) -> Iterator[Problem]:
        """What WeasyPrint has said, but for characters that no font has, which are noted."""
        templates = self.context.templates
        for warning in (w for part in parts for w in part.layout.warnings):
            characters = unsupported(warning)
            self.missing.update(characters)
            if not characters:
                words = _QUOTED.search(warning)
                place = place_in_templates(templates, words[1]) if templates and words else None
                place = place or Place(path.as_posix())
                yield Problem(place, "exporter-warning", f"WeasyPrint: {warning}")

    def _about(self, title: str) -> About:
        metadata = self.collection.metadata
        name = licence(self.collection)[0]
        return About(
            title=f"{metadata.title}: {title}" if title else metadata.title,
            authors=tuple(metadata.authors),
            subject=f"{metadata.title}, version {metadata.version}" + (f", {name}" if name else ""),
            generator=self.context.generator,
            timestamp=self.context.timestamp,
        )


@dataclass(frozen=True)
class Writer:
    """Fills in the templates of one document."""

    printer: Printer
    renderer: PdfRenderer

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What could not be shown well in the sources so far."""
        return tuple(self.renderer.warnings)

    def source(self, template: str, style: str = "", **values: Any) -> Source:
        """`pdf/<template>.html`, filled in, with the stylesheet of that name or of `style`.

        Links to anchors that it does not hold are left for `join`.
        """
        self.renderer.drawings.clear()
        self.renderer.shown.clear()
        html = _with_spaces_apart(self._filled_in(f"{template}.html", values))
        anchors = set(_ID.findall(html))
        html = _LOCAL_LINK.sub(
            lambda link: link[0] if link[1] in anchors else f' href="{ELSEWHERE}{link[1]}"', html
        )
        return Source(
            html,
            self._filled_in(f"{style or template}.css", values),
            dict(self.renderer.drawings),
            {
                f"picture/{p.name}": (p.media_type, p.data)
                for p in self.renderer.shown_pictures().values()
            },
        )

    def _filled_in(self, template: str, values: Mapping[str, Any]) -> str:
        shared = {
            "paper": self.printer.paper,
            "context": self.printer.context,
            "date": long_date(self.printer.context.timestamp),
        }
        found = self._templates.get_template(f"pdf/{template}")
        return found.render(shared | dict(values))

    @cached_property
    def _templates(self) -> Environment:
        printer = self.printer
        return environment(printer.collection, self.renderer, printer.context.templates)


def _with_spaces_apart(html: str) -> str:
    """The HTML with each space that ends a text before an inline element in a box of its own.

    Where such a text fits into a line without that space but not with it,
    WeasyPrint 70 breaks the line after the first word (`split_first_line`
    measures the space that would hang, and takes the text for one long word).
    """
    parts = _PREFORMATTED.split(html)
    parts[::2] = [_SPACE_BEFORE_INLINE.sub("<span> </span>", part) for part in parts[::2]]
    return "".join(parts)
