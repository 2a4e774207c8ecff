"""A collection as a site: a page for each question, answers folded away until they are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from dlexport.engine.assets import asset_folder
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.web.renderer import WebRenderer
from dlexport.model import Collection, Picture
from dlexport.problems import ResourceError
from dlexport.rendering.filenames import deck_page, question_page, tag_page
from dlexport.rendering.owntemplates import site_files
from dlexport.rendering.templating import environment, long_date
from dlexport.study.maps import maps
from dlexport.study.plans import timetables

_FOLDER = PurePosixPath("web")
# Pages lie in the site's folder or in one below it.
_ROOT, _BELOW = "", "../"
_FAMILIES = ("Source Serif 4", "Inter", "JetBrains Mono", "STIX Two Math")
_FACE = re.compile(r'@font-face\s*\{[^}]*?font-family:\s*"([^"]+)"[^}]*?url\("([^"]+)"\)[^}]*\}')


class WebExporter:
    """Writes `web/index.html`, a page for each question, deck and tag, and what they need.

    Addresses stay for ever: `q/<question>.html`, `deck/<deck>.html`, `tag/<tag>.html`. Study
    plans are `plans.html`, maps of prerequisites `map.html`, where there are any. No script.
    """

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """The pages first, then what they refer to."""
        site = _Site(collection, context)
        yield from site.pages()
        fonts = asset_folder() / "fonts"
        rules = [
            found
            for found in _FACE.finditer((fonts / "fonts.css").read_text(encoding="utf-8"))
            if found[1] in _FAMILIES
        ]
        faces = "\n".join(found[0].replace(found[2], f"fonts/{found[2]}") for found in rules)
        mathml = (asset_folder() / "math" / "temml.css").read_text(encoding="utf-8")
        yield site.page("style.css", "style.css", faces=faces, mathml=mathml)
        for name in sorted({found[2] for found in rules}):
            yield Artifact(_FOLDER / "fonts" / name, (fonts / name).read_bytes())
        for name, picture in sorted(site.shown_pictures().items()):
            yield Artifact(_FOLDER / "images" / name, picture.data)
        for name, path in site.own_files().items():
            yield Artifact(_FOLDER / name, _read(path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {error.strerror}") from error


class _Site:
    """The pages of one collection."""

    def __init__(self, collection: Collection, context: Context) -> None:
        self.collection = collection
        self._context = context
        self._renderers = {
            root: WebRenderer(collection, context.session, root) for root in (_ROOT, _BELOW)
        }
        self._templates = {
            root: environment(collection, renderer, context.templates)
            for root, renderer in self._renderers.items()
        }
        self._values = {
            "date": long_date(context.timestamp),
            "context": context,
            "deck_page": deck_page,
            "timetables": timetables(collection),
            "maps": maps(collection),
        }

    def page(self, name: str, template: str, **more: Any) -> Artifact:
        """The page of that name; templates are told by `root` where the site's folder is."""
        root = _BELOW if "/" in name else _ROOT
        found = self._templates[root].get_template(f"web/{template}")
        return Artifact(_FOLDER / name, found.render(**self._values, root=root, **more).encode())

    def pages(self) -> Iterator[Artifact]:
        """All pages, the first one first."""
        yield self.page("index.html", "index.html")
        for deck in self.collection.decks:
            yield self.page(deck_page(deck.id), "deck.html", deck=deck)
        yield from self._questions()
        for tag, questions in self.collection.by_tag.items():
            yield self.page(tag_page(tag), "tag.html", tag=tag, questions=questions)
        if self._values["timetables"]:
            yield self.page("plans.html", "plans.html")
        if self._values["maps"]:
            yield self.page("map.html", "map.html")

    def _questions(self) -> Iterator[Artifact]:
        order = [(deck, question) for deck in self.collection.decks for question in deck.questions]
        before = [None, *(question for _, question in order[:-1])]
        after = [*(question for _, question in order[1:]), None]
        for (deck, question), previous, following in zip(order, before, after, strict=True):
            values = {"deck": deck, "question": question}
            values |= {"previous": previous, "following": following}
            yield self.page(question_page(question.id), "question.html", **values)

    def own_files(self) -> Mapping[str, Path]:
        """Files of a user's own that belong to the site as they are, by their paths there."""
        own = self._context.templates
        return site_files(own, self._templates[_ROOT]) if own else {}

    def shown_pictures(self) -> dict[str, Picture]:
        """The pictures of all pages made so far, by their names in the output."""
        return {n: p for r in self._renderers.values() for n, p in r.shown_pictures().items()}
