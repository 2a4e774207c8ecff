"""A collection as a site: a page for each deck, answers folded away until they are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from dlexport.engine.assets import asset_folder
from dlexport.engine.workers import Workers
from dlexport.exporters import Artifact, Context
from dlexport.exporters.web.renderer import WebRenderer
from dlexport.model import Collection
from dlexport.rendering.filenames import site_page
from dlexport.rendering.templating import environment, long_date
from dlexport.study.maps import maps
from dlexport.study.plans import timetables

_FOLDER = PurePosixPath("web")
_FAMILIES = ("Source Serif 4", "Inter", "JetBrains Mono", "STIX Two Math")
_FACE = re.compile(r'@font-face\s*\{[^}]*?font-family:\s*"([^"]+)"[^}]*?url\("([^"]+)"\)[^}]*\}')


class WebExporter:
    """Writes `web/index.html`, `web/<deck>.html`, stylesheet, fonts and pictures. No script.

    Study plans are `web/plans.html`, maps of prerequisites `web/map.html`, where there are any.
    """

    def artifacts(
        self, collection: Collection, context: Context, workers: Workers
    ) -> Iterator[Artifact]:
        """The pages first, then what they refer to."""
        renderer = WebRenderer(collection, context.session)
        templates = environment(collection, renderer, context.templates)
        values = {
            "date": long_date(context.timestamp),
            "context": context,
            "site_page": site_page,
            "timetables": timetables(collection),
            "maps": maps(collection),
        }

        def page(name: str, template: str, **more: Any) -> Artifact:
            text = templates.get_template(f"web/{template}").render(**values, **more)
            return Artifact(_FOLDER / name, text.encode())

        yield page("index.html", "index.html")
        for deck in collection.decks:
            yield page(site_page(deck.id), "deck.html", deck=deck)
        if values["timetables"]:
            yield page("plans.html", "plans.html")
        if values["maps"]:
            yield page("map.html", "map.html")
        fonts = asset_folder() / "fonts"
        rules = [
            found
            for found in _FACE.finditer((fonts / "fonts.css").read_text(encoding="utf-8"))
            if found[1] in _FAMILIES
        ]
        faces = "\n".join(found[0].replace(found[2], f"fonts/{found[2]}") for found in rules)
        mathml = (asset_folder() / "math" / "temml.css").read_text(encoding="utf-8")
        yield page("style.css", "style.css", faces=faces, mathml=mathml)
        for name in sorted({found[2] for found in rules}):
            yield Artifact(_FOLDER / "fonts" / name, (fonts / name).read_bytes())
        for name, picture in sorted(renderer.shown_pictures().items()):
            yield Artifact(_FOLDER / "images" / name, picture.data)
