"""A collection as a site: a page for each question, answers folded away until they are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

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
        fonts = _fonts()
        site = _Site(collection, context, _faces(fonts))
        pages = list(site.pages())
        yield from pages
        yield from site.for_hosts(pages)
        yield from site.looks
        yield from (Artifact(_FOLDER / "fonts" / name, data) for name, data in fonts.values())
        for name, picture in sorted(site.shown_pictures().items()):
            yield Artifact(_FOLDER / "images" / name, picture.data)
        for name, path in site.own_files().items():
            yield Artifact(_FOLDER / name, _read(path))


def _hashed(name: str, data: bytes) -> str:
    """A file's name with a hash: no browser shows new pages with an old stylesheet."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{sha256(data).hexdigest()[:12]}.{ending}"


def _fonts() -> Mapping[str, tuple[str, bytes]]:
    """The site's fonts by the names of their files: names on the site, and bytes."""
    folder = asset_folder() / "fonts"
    names = sorted({found[2] for found in _rules()})
    data = {name: (folder / name).read_bytes() for name in names}
    return {name: (_hashed(name, found), found) for name, found in data.items()}


def _faces(fonts: Mapping[str, tuple[str, bytes]]) -> str:
    """The rules of CSS for the fonts."""
    return "\n".join(r[0].replace(r[2], f"fonts/{fonts[r[2]][0]}") for r in _rules())


def _rules() -> list[re.Match[str]]:
    text = (asset_folder() / "fonts" / "fonts.css").read_text(encoding="utf-8")
    return [found for found in _FACE.finditer(text) if found[1] in _FAMILIES]


def _mathml() -> str:
    return (asset_folder() / "math" / "temml.css").read_text(encoding="utf-8")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {error.strerror}") from error


class _Site:
    """The pages of one collection."""

    def __init__(self, collection: Collection, context: Context, faces: str) -> None:
        self.collection = collection
        self._context = context
        self._renderers = {
            root: WebRenderer(collection, context.session, root) for root in (_ROOT, _BELOW)
        }
        self._templates = {
            root: environment(collection, renderer, context.templates)
            for root, renderer in self._renderers.items()
        }
        self._values: dict[str, Any] = {
            "date": long_date(context.timestamp),
            "context": context,
            "deck_page": deck_page,
            "timetables": timetables(collection),
            "maps": maps(collection),
        }
        # The stylesheet and the icon, which pages name by their hashes.
        self.looks = [
            self._look("stylesheet", "style.css", faces=faces, mathml=_mathml()),
            self._look("icon", "icon.svg"),
        ]

    def _look(self, value: str, template: str, **more: Any) -> Artifact:
        """A file that all pages name; templates have its path as the value of that name."""
        made = self.page(template, template, **more)
        name = _hashed(template, made.data)
        self._values[value] = name
        return replace(made, path=_FOLDER / name)

    def page(self, name: str, template: str, **more: Any) -> Artifact:
        """The page of that name; templates are told by `root` where the site's folder is."""
        root = _BELOW if "/" in name else _ROOT
        found = self._templates[root].get_template(f"web/{template}")
        values = {**self._values, "root": root, "address": self._address(name), **more}
        return Artifact(_FOLDER / name, found.render(**values).encode())

    def _address(self, name: str) -> str:
        """A page's own address; nothing where the collection does not say where its site is."""
        site = self.collection.metadata.site
        return f"{site}/{quote(name.removesuffix('index.html'))}" if site else ""

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

    def for_hosts(self, pages: Sequence[Artifact]) -> Iterator[Artifact]:
        """What hosts and search engines ask for by name, where the site's address is known."""
        site = self.collection.metadata.site
        if not site:
            return
        names = [page.path.relative_to(_FOLDER).as_posix() for page in pages]
        yield self.page("sitemap.xml", "sitemap.xml", addresses=[*map(self._address, names)])
        # It is shown at any address, so that no path from a page's own folder would do.
        yield self.page("404.html", "404.html", root=f"{site}/", address="")

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
