"""Jinja environments over the shared templates.

All targets have the same globals and the same delimiters, `[% %]` and `[[ ]]`:
with square brackets Anki's own `{{Field}}` passes through, and a template can
serve two targets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, StrictUndefined
from markupsafe import Markup

from dlexport.document import plain
from dlexport.model import Collection, Question, Reference
from dlexport.reading.cards import back_of, front_of
from dlexport.reading.links import cited_keys
from dlexport.rendering.base import TextRenderer, question_anchor
from dlexport.rendering.excerpt import key_point
from dlexport.rendering.links import reference_anchor
from dlexport.rendering.loading import Loader, OurTemplate
from dlexport.rendering.palette import DECK_COLOURS, deck_class, deck_colour
from dlexport.rendering.reading_time import minutes_to_say

_DELIMITERS: Mapping[str, Any] = {
    "block_start_string": "[%",
    "block_end_string": "%]",
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "comment_start_string": "[#",
    "comment_end_string": "#]",
}


LICENCES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


def environment(
    collection: Collection, renderer: TextRenderer, own_templates: Path | None = None
) -> Environment:
    """The environment of one target: its renderer and the collection are globals.

    Templates of the folder `own_templates` come before those of the same name
    that ship with dlexport.
    """
    env = _environment(own_templates, autoescape=True, compiled=renderer.session.compiled)
    env.globals |= {
        "collection": collection,
        "meta": collection.metadata,
        "licence": licence(collection),
        "block": renderer.render_text,
        "inline": renderer.render_text_inline,
        "made_picture": renderer.render_made_picture,
        "fragment": renderer.render_blocks,
        "references": lambda question: references(collection, question),
        "question_anchor": question_anchor,
        "reference_anchor": reference_anchor,
        "question_address": renderer.question_address,
        "tag_address": renderer.tag_address,
        "plain": lambda text: plain(text.blocks),
        "key_point": lambda question: key_point(collection, question),
        "minutes_to_say": minutes_to_say,
        "front_of": front_of,
        "back_of": back_of,
        "deck_class": lambda deck: deck_class(collection, deck),
        "deck_colour": lambda deck: deck_colour(collection, deck),
        "deck_colours": DECK_COLOURS,
        # For the exporters that show them.
        "timetables": (),
        "maps": (),
    }
    return env


def text_environment(own_templates: Path | None = None) -> Environment:
    """The environment of texts that are no markup, with the same delimiters and folders."""
    return _environment(own_templates, autoescape=False)


def _environment(
    own_templates: Path | None, *, autoescape: bool, compiled: BytecodeCache | None = None
) -> Environment:
    env = Environment(
        loader=Loader(own_templates),
        autoescape=autoescape,
        auto_reload=False,  # no environment outlives a build
        bytecode_cache=compiled,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **_DELIMITERS,
    )
    env.template_class = OurTemplate
    env.extend(own_templates=own_templates)
    env.filters |= {"css_string": css_string, "iso_time": iso_time}
    return env


def references(collection: Collection, question: Question) -> list[Reference]:
    """The question's references in the order of their numbers."""
    return [collection.bibliography[key] for key in cited_keys(question)]


def licence(collection: Collection) -> tuple[str, str]:
    """The licence's short name and address; both may be empty."""
    name = collection.metadata.licence
    return LICENCES.get(name, (name, ""))


def css_string(text: str) -> Markup:
    """Any text as a string of CSS, quotes included."""
    escaped = re.sub(r'[\\"\n<>&]', lambda m: f"\\{ord(m[0]):x} ", text)
    return Markup(f'"{escaped}"')


def iso_time(timestamp: int) -> str:
    """A moment in UTC in ISO 8601, to the second."""
    return f"{datetime.fromtimestamp(timestamp, UTC):%Y-%m-%dT%H:%M:%SZ}"


def long_date(timestamp: int) -> str:
    """A date as people read it, in UTC: `22 November 2026`."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    return f"{moment.day} {moment:%B %Y}"
